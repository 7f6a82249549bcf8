import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { defaultGate } from '../../../../processors/models/release-gate-setting.ts'
import { decideGate } from '../../../../retrainer/lifecycle/gate/decide.ts'
import { listActs, liveModels } from '../../../../store/models/model-acts.ts'
import { saveModelReport, type NewModelReport } from '../../../../store/models/model-reports.ts'
import { registerModel } from '../../../../store/models/models.ts'
import { holdModel, promoteModel } from '../../../../store/models/release-models.ts'
import type { ApiUnderTest } from '../../../api/api-under-test.ts'
import { registerServed, serve, served } from '../../../retrainer/lifecycle/rollback/served-models.ts'
import { describeWithBrowser } from '../../../support/browser.ts'
import { waitFor } from '../../../support/services.ts'
import { expectAccessible } from '../accessible.ts'
import { openPage, type OpenPage } from '../open-page.ts'

/** Folder for screenshots of the page; not set: none are taken. */
const pictures = process.env.SCORELINE_PICTURES

const picture = async ({ page }: OpenPage, name: string): Promise<void> => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

const gate = decideGate(
  { version: 2, rules: { ...defaultGate, movedShareMax: 0.1 } },
  {
    difference: { estimate: -0.05, lower: -0.08, upper: -0.02 },
    against: 'champion',
    reference: undefined,
    selection: undefined,
    labels: 300,
    calibrationError: 0.03,
    worstGroup: undefined,
    rowMs: 0.02,
    outcomes: { subjects: 90, customers: 80, moved: 40, threshold: 0.5, stabilityIndex: 0.4 },
  },
)

const reportOf = (lossExpected: number): NewModelReport => ({
  ...{ task: served.task, modelId: second, asOf: new Date(0), referenceRows: 400, recentRows: 2_000 },
  ...{
    inputsTested: 174,
    inputsDrifted: 1,
    missingBefore: 0.1,
    missingNow: 0.25,
    scoreStabilityIndex: 0.3,
    scoreStabilityIndexAtRelease: 0.1,
  },
  ...{ meanScoreBefore: 0.2, meanScoreNow: 0.4, ageDays: 12.5, labels: 250, loss: 0.52, lossAtRelease: 0.41 },
  ...{ auc: null, calibrationError: 0.05, bias: 0.02, lossExpected, lossExpectedError: 0.03, aucExpected: 0.8 },
  ...{ aucExpectedError: null, warnings: [{ rule: 'scores', says: 'The stability index of its scores is 0.3.' }] },
  inputs: [
    {
      ...{ feature: 'sex', stabilityIndex: 0.4, band: 'large', distance: 0.3, pValue: 0, drifted: true },
      ...{ missingBefore: 0, missingNow: 0.5, stabilityIndexAtRelease: 0.1, missingAtRelease: 0.2 },
    },
  ],
})

let first: string
let second: string
async function fill({ database }: ApiUnderTest): Promise<void> {
  first = await registerServed(database, 4)
  second = await registerServed(database, 6)
  await promoteModel(database, first, 'better than the baseline')
  await serve(database, first, { count: 25 })
  await promoteModel(database, second, 'better than the first')
  const about = { task: served.task, featureSet: served.features.id, codeVersion: '1', artefact: Buffer.from('{}') }
  const candidates = [
    { modelId: 'held-model', lossBeyond: null },
    { modelId: 'other-model', lossBeyond: { estimate: 0.02, lower: 0.01, upper: 0.03 } },
  ]
  const metrics = { logLoss: 0.41, auc: 0.83 }
  await registerModel(database, { ...about, id: 'held-model', algorithm: 'gbm', metrics, data: { candidates }, gate })
  await registerModel(database, { ...about, id: 'other-model', algorithm: 'deep', metrics, data: { candidates } })
  for (const lossExpected of [0.4, 0.45, 0.5]) await saveModelReport(database, reportOf(lossExpected))
  await holdModel(database, 'held-model', 'It would move half of the customers', { moved: 0.5 })
}

describeWithBrowser('the page of models', () => {
  let open: OpenPage
  beforeAll(async () => void (open = await openPage(fill)))
  afterAll(() => open.close())

  test('shows the models of a task side by side, with the decision of the gate in numbers', async () => {
    const { page, address } = open
    await page.getByRole('navigation').getByRole('link', { name: 'Models', exact: true }).click()
    const line = page.getByRole('link', { name: /^Call conversion/ })
    expect(await line.textContent()).toContain(`Champion ${second.slice(0, 10)}`)
    await line.getByText('Held').waitFor()
    await line.press('Enter')
    expect(page.url()).toBe(`${address}/#/models/call-conversion`)
    const rows = page.getByRole('table', { name: 'Models compared' }).locator('tbody tr')
    await waitFor(async () => (await rows.count()) === 4, { what: 'all models' })
    expect(await rows.first().textContent()).toContain('Champion')
    const held = rows.filter({ hasText: 'held-model' })
    await held.locator('summary', { hasText: 'Held for a person' }).press('Enter')
    await held.getByText('✗ Moved: 40 of 80 customers would move across the threshold 0.5. Bound: 0.1.').waitFor()
    await rows.filter({ hasText: 'other-mode' }).getByText('0.02 (0.01 to 0.03)').waitFor()
    await page.getByText('The platform held held-model back').waitFor()
    await expectAccessible(open)
    await picture(open, 'models')
  })

  test('says what the model in use sees and gives now, with lines over time that are also a table', async () => {
    const { page } = open
    await page.goto(`${open.address}/#/models/call-conversion`)
    const monitoring = page.getByRole('region', { name: 'What it sees and gives now' })
    await monitoring.getByText('Scores moved').waitFor()
    const figure = (name: string) => monitoring.locator('dl div', { hasText: name }).locator('dd').textContent()
    expect(await figure('Loss on the newest 250 labels')).toBe('0.52')
    expect(await figure('Loss expected of scores')).toBe('0.5 ± 0.03 in earlier weeks')
    expect(await figure('AUC expected of scores')).toBe('0.8 (how wrong that is, is not known yet)')
    expect(await figure('Age of what it learned from')).toBe('12.5 days')
    await monitoring.getByRole('heading', { name: '1 of 174 inputs changed' }).waitFor()
    expect(await monitoring.getByRole('table', { name: 'The inputs that changed most' }).textContent()).toContain(
      'large',
    )
    await monitoring.locator('canvas').first().waitFor()
    const chart = monitoring.locator('figure', { hasText: 'Loss over time' })
    await chart.getByText('As a table').press('Enter')
    expect(await chart.getByRole('row').nth(1).textContent()).toContain('0.5')
    await expectAccessible(open)
    await picture(open, 'monitoring')
  })

  test('a person rolls a task back and freezes it, with name and reason', async () => {
    const { page, api } = open
    await page.goto(`${open.address}/#/models/call-conversion`)
    const task = page.getByRole('region', { name: 'The whole task' })
    await task.getByRole('button', { name: 'Roll back' }).click()
    await task.getByText('Enter your name: it is recorded.').waitFor()
    await task.getByLabel('Your name').fill('wang')
    await task.getByLabel('Reason for the task').fill('Complaints')
    await task.getByRole('button', { name: 'Roll back' }).click()
    await task.getByText('the same scores on 25 kept rows').waitFor()
    expect((await liveModels(api.database, served.task)).champion).toBe(first)
    await task.getByLabel('Reason for the task').fill('Audit')
    await task.getByRole('button', { name: 'Freeze' }).click()
    await page.getByText('Frozen by wang: Audit').waitFor()
    await page.getByText(`wang rolled back to ${first.slice(0, 10)}`).waitFor()
  })

  test('a person tries a model on a share of the customers, and ends the trial', async () => {
    const { page, api } = open
    await page.goto(`${open.address}/#/models/call-conversion`)
    const choose = page.getByRole('button', { name: `logistic ${second.slice(0, 10)}` })
    await choose.press('Enter')
    const model = page.getByRole('region', { name: `logistic ${second.slice(0, 10)}` })
    await model.getByLabel('Your name').fill('wang')
    await model.getByLabel('Reason').fill('To see it on a few')
    await model.getByRole('button', { name: 'Try on 5 % of customers' }).click()
    await page.getByText('Canary for 5 % of customers').waitFor()
    expect(await liveModels(api.database, served.task)).toMatchObject({ canary: { modelId: second, share: 0.05 } })
    await model.getByLabel('Reason').fill('Seen enough')
    await model.getByRole('button', { name: 'End the trial' }).click()
    await page.getByText(`wang ended the trial of ${second.slice(0, 10)}`).waitFor()
    expect((await listActs(api.database, served.task, 2)).map(({ act, actedBy }) => [act, actedBy])).toEqual([
      ['withdraw', 'wang'],
      ['canary', 'wang'],
    ])
    await expectAccessible(open)
  })

  test('an unknown task is named, and a model that can’t be used is refused with the reason', async () => {
    const { page } = open
    await page.goto(`${open.address}/#/models/nothing`)
    await page.getByText('There is no task "nothing".').waitFor()
    await page.goto(`${open.address}/#/models/call-conversion`)
    await page.getByRole('button', { name: 'gbm held-model' }).click()
    const model = page.getByRole('region', { name: 'gbm held-model' })
    await model.getByLabel('Your name').fill('wang')
    await model.getByLabel('Reason').fill('I trust it')
    await model.getByRole('button', { name: 'Promote' }).click()
    await model.getByText('it was damaged or replaced').waitFor()
  })
})

describeWithBrowser('the page of models on a phone', () => {
  let open: OpenPage
  beforeAll(async () => void (open = await openPage(fill, {}, { width: 360, height: 740 })))
  afterAll(() => open.close())

  test('fits the screen and is accessible', async () => {
    const { page, address, complaints } = open
    for (const path of ['models', 'models/call-conversion']) {
      await page.goto(`${address}/#/${path}`)
      await page
        .getByText(path === 'models' ? 'Champion' : 'Models compared')
        .first()
        .waitFor()
      const width = await page.evaluate<number>('document.documentElement.scrollWidth')
      expect(width).toBeLessThanOrEqual(360)
      await expectAccessible(open)
      await picture(open, `phone-${path.replaceAll('/', '-')}`)
    }
    expect(complaints).toEqual([])
  })
})
