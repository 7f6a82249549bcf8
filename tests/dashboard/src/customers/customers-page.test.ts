import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { calls, type Call } from '../../../../schemas/calls/calls.ts'
import type { TaskModel } from '../../../../api/ports.ts'
import { visitFeatures } from '../../../../features/visits/visits.ts'
import { DAY_MS } from '../../../../schemas/durations.ts'
import { scores } from '../../../../schemas/models/scores.ts'
import type { ApiUnderTest } from '../../../api/api-under-test.ts'
import { NOW, scoreOf } from '../../../api/stored-world.ts'
import { put } from '../../../store/store-under-test.ts'
import { describeWithBrowser } from '../../../support/browser.ts'
import { waitFor } from '../../../support/services.ts'
import { expectAccessible } from '../accessible.ts'
import { openPage, type OpenPage } from '../open-page.ts'
import { storeWorldWithModel } from '../world-with-model.ts'

/** Folder for screenshots of the page; not set: none are taken. */
const pictures = process.env.SCORELINE_PICTURES

const picture = async ({ page }: OpenPage, name: string): Promise<void> => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

const call = (index: number): Call => ({
  ...{ id: `call/${index}`, occurredAt: NOW - (20 + index) * DAY_MS, source: 'test', customerId: 'c-1' },
  ...{ callId: `call-${index}`, agentId: 'a', direction: 'outbound', answered: index > 0, durationS: 95 },
  ...{ campaign: null, product: null, clicks: 0, satisfaction: null, turns: [], context: {} },
  ...{ script: null, scriptVersion: null },
})

/** Its score is a hundredth of the third feature, the days since the last visit. */
const model: TaskModel = {
  ...{ id: 'm', algorithm: 'echo', featureSet: visitFeatures.id, outputs: ['score'] },
  score: ({ values }) => Promise.resolve(Float64Array.of(values[2]! / 100)),
  explainer: () => (row, into) => {
    into.set([0, 0, row[2]! / 10])
    return 0
  },
}

async function fill(api: ApiUnderTest): Promise<void> {
  await storeWorldWithModel(api)
  await put(
    api.database,
    calls,
    Array.from({ length: 30 }, (_, index) => call(index)),
  )
  const payment = { inputTopic: 'transactions', inputPartition: 0 }
  await put(
    api.database,
    scores,
    [1, 2, 3].map((inputOffset) =>
      scoreOf('loan-demand', 'c-1', 0.8, NOW - DAY_MS + inputOffset, { ...payment, inputOffset }),
    ),
  )
  await api.database.pool.query(
    `insert into cases (visit_id, id, customer_id, opportunity_id, salesperson_id, visited_at, step, revision, status, origin,
       propensity, visit_revision, verdict, false_score, invalid_score, evidence, policy_version, new_evidence, opened_at, overdue,
       lapses_at, second_person, decision, claim, decided_by, decided_at, occurred_at)
     values ('v-c-1-7', 'k', 'c-1', 'o-c-1', 's-1', '2026-06-08', 1, 1, 'decided', 'flagged', 1, 0, 'suspected_false', 0.9, 0, '[]',
       0, false, '2026-06-08', false, '2026-07-08', false, 'dismissed', 'false', 'li', '2026-06-09', '2026-06-09')`,
  )
}

describeWithBrowser('the page of a customer', () => {
  let open: OpenPage
  beforeAll(async () => void (open = await openPage(fill, { model: () => model })))
  afterAll(() => open.close())

  test('tells in words what happened and what was concluded, with more on request and by kind', async () => {
    const { page, address } = open
    await page.goto(`${address}/#/customers/c-1`)
    const timeline = page.getByRole('region', { name: 'What happened' })
    for (const words of [
      'Visit by s-1',
      '40 minutes there',
      '3 payments',
      'Conversion rose from 55.0 % to 75.0 %',
      'Potential loan customer',
      'Visit of 8 Jun 2026 reviewed by li: dismissed',
      'We called, nobody answered',
    ])
      await timeline.getByText(words).first().waitFor()
    const lines = timeline.getByRole('link')
    expect(await lines.count()).toBe(25)
    await expectAccessible(open)
    await picture(open, 'customer-page')
    await timeline.getByRole('button', { name: 'Show more' }).press('Enter')
    await waitFor(async () => (await lines.count()) > 35, { what: 'the next page' })
    await timeline.getByRole('combobox', { name: 'Show' }).selectOption('Payments')
    await waitFor(async () => (await lines.count()) === 1, { what: 'payments only' })
    await timeline.getByRole('combobox', { name: 'Show' }).selectOption('Interactions')
    await timeline.getByText('There is nothing of this kind.').waitFor()
  })

  test('an entry links to what it is about, and Back returns', async () => {
    const { page, address } = open
    await page.goto(`${address}/#/customers/c-1`)
    await page.reload()
    const timeline = page.getByRole('region', { name: 'What happened' })
    await timeline.getByRole('link', { name: /reviewed by li/ }).press('Enter')
    await waitFor(() => Promise.resolve(page.url() === `${address}/#/cases/v-c-1-7`), { what: 'the case' })
    await page.goBack()
    await timeline
      .getByRole('link', { name: /Visit by s-1.*13 Jun|13 Jun.*Visit by s-1/ })
      .first()
      .click()
    await page.getByRole('tabpanel', { name: 'Visits' }).waitFor()
    expect(page.url()).toBe(`${address}/#/customers/c-1/visits`)
    await page.getByRole('tab', { name: 'Visits' }).press('ArrowLeft')
    await page.getByRole('tabpanel', { name: 'Features' }).waitFor()
    await page.goBack()
    await page.getByRole('tabpanel', { name: 'Visits' }).waitFor()
    await page.reload()
    await page.getByRole('tabpanel', { name: 'Visits' }).waitFor()
  })

  test('what a score would be with another value is shown with its reasons', async () => {
    const { page, address } = open
    await page.goto(`${address}/#/customers/c-1/what-if`)
    const panel = page.getByRole('tabpanel', { name: 'What if' })
    await panel.getByRole('combobox', { name: 'Score' }).selectOption('Conversion · o-c-1')
    await panel.getByRole('combobox', { name: 'Feature' }).selectOption('visits.daysSinceLast')
    const value = panel.getByLabel('New value')
    expect(await value.inputValue()).toBe('2')
    await value.fill('many')
    await panel.getByText('then no number').waitFor()
    expect(await panel.getByRole('button', { name: 'Score' }).isDisabled()).toBe(true)
    await value.fill('50')
    await value.press('Enter')
    await panel.getByText('Conversion: 2.0 % now, 50.0 % then (+48.0 points)').waitFor()
    const reason = panel.getByRole('table', { name: 'Reasons now and then' }).locator('tbody tr')
    expect(await reason.first().textContent()).toMatch(/\+0\.20.*\+5\.00/)
    await expectAccessible(open)
    await picture(open, 'customer-what-if')
  })

  test('what can’t be read is said, and what was read stays', async () => {
    const { page, address } = open
    await page.goto(`${address}/#/customers/nobody`)
    await page.getByText('There is no customer "nobody".').waitFor()
    await page.getByText('Nothing has happened yet.').waitFor()
    await page.getByRole('link', { name: 'All customers' }).click()
    await page.getByRole('link', { name: /Nadja Petrova/ }).press('Enter')
    await page.getByRole('region', { name: 'Nadja Petrova' }).getByText('Current scores').waitFor()
  })
})

describeWithBrowser('the page of a customer on a phone', () => {
  let open: OpenPage
  beforeAll(async () => void (open = await openPage(fill, {}, { width: 360, height: 740 })))
  afterAll(() => open.close())

  test('fits the screen', async () => {
    const { page, address, complaints } = open
    await page.goto(`${address}/#/customers/c-1`)
    await page.getByText('3 payments').waitFor()
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360)
    await picture(open, 'phone-customer-page')
    await page.goto(`${address}/#/customers/c-1/what-if`)
    await page.getByRole('tabpanel', { name: 'What if' }).getByLabel('New value').waitFor()
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360)
    expect(complaints).toEqual([])
  })
})
