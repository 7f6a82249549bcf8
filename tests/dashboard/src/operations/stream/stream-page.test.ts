import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createMetrics } from '../../../../../api/operations/metrics.ts'
import type { TailedRecord, TailRequest } from '../../../../../api/operations/tail-port.ts'
import { codecOf } from '../../../../../schemas/avro/codec.ts'
import { releasedRegistry } from '../../../../../schemas/release/registry.ts'
import type { Topic } from '../../../../../schemas/topic.ts'
import { visits } from '../../../../../schemas/visits/visits.ts'
import { redrivesOf } from '../../../../../store/operations/redrives.ts'
import { storeWorld } from '../../../../api/stored-world.ts'
import { describeWithBrowser } from '../../../../support/browser.ts'
import { waitFor } from '../../../../support/services.ts'
import { expectAccessible } from '../../accessible.ts'
import { openPage, type OpenPage } from '../../open-page.ts'
import { visitOf } from '../../../../store/store-under-test.ts'
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

const topic = visits as Topic
/** Number of visits that have been written so far. */
let written = 1

/** Stands for the brokers. */
async function* tail({ signal }: TailRequest): AsyncGenerator<TailedRecord | undefined> {
  const recordOf = (offset: number) => ({
    ...{ partition: 1, offset, writtenAt: Date.UTC(2026, 5, 1), key: Buffer.from(`c${offset}`) },
    value: Buffer.from(codecOf(topic, releasedRegistry).encode(visitOf(offset, { text: '客户问了利率' }))),
  })
  for (let sent = 0; !signal.aborted;) {
    while (sent < written) yield recordOf(++sent)
    yield undefined
    await delay(50, undefined, { signal }).catch(() => {})
  }
}

async function open(size = {}): Promise<OpenPage> {
  return openPage(
    async ({ database }) => {
      await storeWorld(database)
      await storeLetters(database)
    },
    { metrics, tail },
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

  test('shows the records of a topic as they arrive, until a person pauses', async () => {
    const { page, address } = opened
    await page.goto(`${address}/#/stream/tail`)
    await page.getByLabel('Topic', { exact: true }).selectOption('visits')
    expect(page.url()).toBe(`${address}/#/stream/tail/visits`)
    const lines = page.locator('.tail > li')
    await lines.filter({ hasText: 'c1' }).waitFor()
    await page.getByText('Live: the newest record comes first.').waitFor()
    written = 71
    await page.getByText(/2[01] records were left out/).waitFor()
    await waitFor(async () => (await lines.count()) >= 50, { what: 'fifty records' })
    expect(await lines.first().textContent()).toMatch(/c5[01]/)
    await lines.first().locator('summary').press('Enter')
    await lines.first().getByText('客户问了利率').last().waitFor()
    await expectAccessible(opened)
    await picture(opened, 'stream-tail')
    await page.getByRole('button', { name: 'Pause' }).press('Enter')
    await page.getByText('Paused: what arrives now is not shown.').waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    expect(await lines.count()).toBe(0)
    await page.getByPlaceholder('Text in the value').fill('nothing like it')
    await page.getByPlaceholder('Text in the value').press('Enter')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('No record has arrived yet.').waitFor()
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
      ['stream/tail/visits', 'partition 1, offset 1'],
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
