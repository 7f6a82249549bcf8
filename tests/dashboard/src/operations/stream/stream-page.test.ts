import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createMetrics } from '../../../../../api/operations/metrics.ts'
import { redrivesOf } from '../../../../../store/operations/redrives.ts'
import { storeWorld } from '../../../../api/stored-world.ts'
import { describeWithBrowser } from '../../../../support/browser.ts'
import { waitFor } from '../../../../support/services.ts'
import { expectAccessible } from '../../accessible.ts'
import { openPage, type OpenPage } from '../../open-page.ts'
import { storeLetters } from './stored-letters.ts'

/** Folder for screenshots of the page; not set: none are taken. */
const pictures = process.env.SCORELINE_PICTURES

const picture = async ({ page }: OpenPage, name: string): Promise<void> => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

const metrics = createMetrics()
metrics.running('conversion', 2)
metrics.taskChanged('conversion', 0, 'running', undefined, 1)
metrics.taskChanged('conversion', 1, 'failed', 'The topic scores is gone.', 2)
metrics.transactionCommitted('conversion', { events: 500, scored: 400, messages: 400, durationMs: 20 })
metrics.lag('conversion', 0, 0)
metrics.lag('conversion', 1, 1_200, Date.now() - 90_000)
metrics.taskChanged('customer-features', 0, 'restoring', undefined, 1)

async function open(size = {}): Promise<OpenPage> {
  return openPage(
    async ({ database }) => {
      await storeWorld(database)
      await storeLetters(database)
    },
    { metrics },
    size,
  )
}

describeWithBrowser('the page of the stream', () => {
  let opened: OpenPage
  beforeAll(async () => void (opened = await open()))
  afterAll(() => opened.close())

  test('draws the processors, and shows in the table and for each of them what its tasks do', async () => {
    const { page, address } = opened
    await page.getByRole('navigation').getByRole('link', { name: 'Stream', exact: true }).click()
    const drawn = page.locator('.graph a.processor')
    await drawn.first().waitFor()
    const rows = page.getByRole('table', { name: 'Processors' }).locator('tbody tr')
    expect(await drawn.count()).toBe(await rows.count())
    const row = rows.filter({ has: page.getByRole('link', { name: 'conversion', exact: true }) })
    const cells = (await row.locator('th, td').allTextContents()).slice(0, 6)
    expect(cells).toEqual([
      'conversion',
      'failed, is tried again',
      expect.any(String),
      '1,200',
      expect.stringMatching(/^1 min 3\d s$/),
      '2',
    ])
    expect(await page.locator('.graph a.failed text').allTextContents()).toEqual(['conversion'])
    await expectAccessible(opened)
    await picture(opened, 'stream')

    await row.getByRole('link').press('Enter')
    await page.getByText('The topic scores is gone.').waitFor()
    expect(page.url()).toBe(`${address}/#/stream/topology/conversion`)
    const tasks = page.getByRole('table', { name: 'Tasks' }).locator('tbody tr')
    expect(await tasks.first().locator('th, td').allTextContents()).toEqual(['0', '1', 'running ', '0', '–'])
    await expectAccessible(opened)
    await picture(opened, 'stream-processor')
  })

  test('an operator tries on paper and then sends one record again, with name and reason', async () => {
    const { page, api } = opened
    await page.goto(`${opened.address}/#/stream/dead-letters`)
    await page.getByLabel('Code').fill('INVALID')
    await page.getByLabel('Code').press('Enter')
    const lines = page.getByRole('region', { name: 'Dead letters' }).locator('li.letter')
    await waitFor(async () => (await lines.count()) === 2, { what: 'the letters with that code' })
    await picture(opened, 'stream-letters')
    await expectAccessible(opened)
    await lines.first().getByRole('link').press('Enter')
    await page.getByText('"customerId"').waitFor()
    const again = page.getByRole('region', { name: 'Send again' })
    await again.getByRole('button', { name: 'Dry run' }).click()
    await again.getByText('Enter your name: it is recorded.').waitFor()
    await again.getByLabel('Your name').fill('Olga')
    await again.getByLabel('Reason').fill('The mapping is mended')
    await again.getByRole('button', { name: 'Dry run' }).click()
    await again.getByText('1 record would be sent, 0 would not.').waitFor()
    expect(api.redriven).toHaveLength(0)
    await again.getByRole('button', { name: 'Send again' }).click()
    await again.getByText('1 record was sent, 0 were not.').waitFor()
    await page.getByText(/by Olga, .*: The mapping is mended/).waitFor()
    expect(api.redriven).toHaveLength(1)
    const [sent] = api.redriven
    expect(await redrivesOf(api.database, [{ topic: sent!.topic, partition: 3, offset: 1 }])).toMatchObject(
      new Map([['test.visits/3/1', { by: 'Olga', reason: 'The mapping is mended' }]]),
    )
    await expectAccessible(opened)
    await picture(opened, 'stream-letter')
  })

  test('all that match a filter are sent again, except those that were', async () => {
    const { page, api } = opened
    await page.goto(`${opened.address}/#/stream/dead-letters`)
    await page.reload()
    await page.getByLabel('Topic', { exact: true }).fill('test.visits')
    await page.getByLabel('Topic', { exact: true }).press('Enter')
    await page.getByLabel('Reason').fill('The mapping is mended')
    await page.getByRole('button', { name: 'Send again' }).click()
    await page.getByText('1 record was sent, 1 was not.').first().waitFor()
    await page.getByText('not sent: was sent again before').waitFor()
    expect(api.redriven.map(({ value }) => value?.length)).toHaveLength(2)
    const file = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    expect((await file).suggestedFilename()).toBe('dead-letters.ndjson')
    expect(opened.complaints).toEqual([])
  })
})

describeWithBrowser('the page of the stream on a phone', () => {
  let opened: OpenPage
  beforeAll(async () => void (opened = await open({ width: 360, height: 740 })))
  afterAll(() => opened.close())

  test('fits the screen and is accessible', async () => {
    const { page, address } = opened
    for (const [path, text] of [
      ['stream', 'customer-features'],
      ['stream/topology/conversion', 'The topic scores is gone.'],
      ['stream/dead-letters', 'Gaps'],
      ['stream/dead-letters/letter-visit-1', '"customerId"'],
    ] as const) {
      await page.goto(`${address}/#/${path}`)
      await page.getByText(text).first().waitFor()
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
      await expectAccessible(opened)
      await picture(opened, `phone-${path.replaceAll('/', '-')}`)
    }
    expect(opened.complaints).toEqual([])
  })
})
