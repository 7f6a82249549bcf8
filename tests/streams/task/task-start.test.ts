/** Tests on the broker where tasks continue after an operator has changed the topics. */
import { transactions } from '../../../schemas/customers/banking.ts'
import { releases } from '../../../schemas/models/releases.ts'
import { gaps } from '../../../schemas/platform/platform.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { message } from '../../../schemas/topic.ts'
import type { Engine } from '../../../streams/engine.ts'
import { noMetrics, type StreamMetrics } from '../../../streams/metrics.ts'
import { waitFor } from '../../support/services.ts'
import { counting, transaction } from '../counting-processor.ts'
import { createStream, type StreamUnderTest } from '../stream-under-test.ts'

let stream: StreamUnderTest
beforeEach(async () => void (stream = await createStream([counting])))
afterEach(() => stream.close())

const events = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) =>
    message(transactions, transaction(`c${index % 7}`, 1, { id: `t${from + index}` })),
  )
const start = (options: Parameters<StreamUnderTest['start']>[0] = {}) => stream.start({ log: () => {}, ...options })
const scored = async () => (await stream.readAll(scores)).length
const untilScored = (count: number) => waitFor(async () => (await scored()) === count, { what: `${count} scores` })
const untilTrouble = (engine: Engine, pattern: RegExp) =>
  waitFor(() => pattern.test(engine.trouble() ?? '') && engine.trouble(), {
    what: `a trouble like ${String(pattern)}`,
    timeoutMs: 30_000,
  })

/** Folds 40 events and stops the engine. */
async function untilStopped(): Promise<void> {
  await stream.publish(events(40))
  const engine = await start()
  await untilScored(40)
  expect(engine.trouble()).toBeUndefined()
  await engine.stop()
}

describe('an input that was deleted and recreated while no task ran', () => {
  test('is never skipped: nothing is read until it is chosen, then all of it', async () => {
    await untilStopped()
    const topic = stream.naming.topic(transactions)
    const id = await stream.replace(topic)
    // More records than the old topic had, so the old positions would be in the middle of the new topic.
    await stream.publish(events(100, 1_000))
    const held = await start()
    const trouble = await untilTrouble(held, /deleted and recreated/)
    expect(trouble).toContain(`ACCEPTED_TOPICS=${topic}:${id}`)
    expect(await scored()).toBe(40)
    await held.stop()

    const chosen = await start({ acceptedTopics: new Set([`${topic}:${id}`]) })
    await untilScored(140)
    expect(chosen.trouble()).toBeUndefined()
    await chosen.stop()
    // Once accepted, the new topic is the topic: the choice need not be kept, and does not apply to the next recreated
    // one.
    await stream.publish(events(5, 2_000))
    const next = await start()
    await untilScored(145)
    await next.stop()
    await stream.replace(topic)
    const again = await start({ acceptedTopics: new Set([`${topic}:${id}`]) })
    await untilTrouble(again, /deleted and recreated/)
  }, 60_000)

  test('and so is one that is replaced while the task runs', async () => {
    await stream.publish(events(40))
    const engine = await start()
    await untilScored(40)
    const topic = stream.naming.topic(transactions)
    const id = await stream.replace(topic)
    await stream.publish(events(100, 1_000))
    await untilTrouble(engine, new RegExp(`ACCEPTED_TOPICS=${topic}:${id}`))
    expect(await scored()).toBe(40)
  }, 60_000)
})

test.each([
  ['the changelog', () => stream.naming.changelog(counting), /It held the state/],
  ['a global topic', () => stream.naming.topic(releases), /settings or releases that it held/],
])(
  '%s that was recreated is told too, and nothing is folded without it',
  async (_what, name, words) => {
    await untilStopped()
    await stream.publish(events(10, 1_000))
    const id = await stream.replace(name())
    const held = await start()
    await untilTrouble(held, words)
    expect(await scored()).toBe(40)
    await held.stop()
    const chosen = await start({ acceptedTopics: new Set([`${name()}:${id}`]) })
    // Without its changelog a task restarts from the inputs, which are all still there.
    await untilScored(name().endsWith('changelog') ? 90 : 50)
    expect(chosen.trouble()).toBeUndefined()
  },
  60_000,
)

test('records that retention deleted unread are recorded and counted, and the task continues after them', async () => {
  await untilStopped()
  await stream.publish(events(30, 1_000))
  await stream.purge(transactions)
  await stream.publish(events(20, 2_000))
  const counted = new Map<string, number>()
  const metrics: StreamMetrics = {
    ...noMetrics,
    gapFound: (reader, topic, offsets) =>
      void counted.set(reader + topic, (counted.get(reader + topic) ?? 0) + offsets),
  }
  const engine = await start({ metrics })
  await untilScored(60)
  expect(engine.trouble()).toBeUndefined()
  const topic = stream.naming.topic(transactions)
  expect([...counted]).toEqual([[`counting${topic}`, 30]])
  const found = await stream.readAll(gaps)
  expect(found.map(({ partition }) => partition).sort()).toEqual([0, 1])
  expect(found.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(30)
  for (const gap of found) expect(gap).toMatchObject({ processor: 'counting', topic })
  await engine.stop()
  await (await start()).stop()
  expect(await stream.readAll(gaps)).toHaveLength(2)
}, 60_000)
