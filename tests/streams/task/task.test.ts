/** Test on the broker of the states that tasks report. */
import { transactions } from '../../../schemas/customers/banking.ts'
import { message } from '../../../schemas/topic.ts'
import { noMetrics, type StreamMetrics } from '../../../streams/metrics.ts'
import { waitFor } from '../../support/services.ts'
import { counting, transaction } from '../counting-processor.ts'
import { createStream, type StreamUnderTest } from '../stream-under-test.ts'

let stream: StreamUnderTest
beforeEach(async () => void (stream = await createStream([counting])))
afterEach(() => stream.close())

test('a task tells that it restores, runs, has failed and why, and has ended', async () => {
  const told: (readonly [partition: number, state: string, reason: string | undefined])[] = []
  let folded = 0
  const metrics: StreamMetrics = {
    ...noMetrics,
    transactionCommitted: (_processor, { events }) => void (folded += events),
    taskChanged: (_processor, partition, state, reason) => void told.push([partition, state, reason]),
  }
  const statesOf = (partition: number) => told.filter(([of]) => of === partition).map(([, state]) => state)
  const until = (state: string) =>
    waitFor(() => Promise.resolve(statesOf(0).at(-1) === state && statesOf(1).at(-1) === state), {
      what: `both tasks to be ${state}`,
      timeoutMs: 30_000,
    })
  await stream.publish(Array.from({ length: 20 }, (_, index) => message(transactions, transaction(`c${index}`, 1))))
  const engine = await stream.start({ log: () => {}, metrics })
  await until('running')
  await waitFor(() => Promise.resolve(folded === 20), { what: 'all events', timeoutMs: 30_000 })
  await engine.stop()
  expect([statesOf(0), statesOf(1)]).toEqual(Array(2).fill(['restoring', 'running', 'ended']))

  await stream.replace(stream.naming.topic(transactions))
  told.length = 0
  const held = await stream.start({ log: () => {}, metrics })
  await until('failed')
  await held.stop()
  expect([statesOf(0), statesOf(1)]).toEqual(Array(2).fill(['restoring', 'failed', 'ended']))
  for (const [, , reason] of told.filter(([, state]) => state === 'failed'))
    expect(reason).toMatch(/deleted and recreated/)
}, 60_000)
