import { visitAssessment } from '../../../processors/visits/visit-assessment.ts'
import { journal } from '../../../schemas/platform/platform.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { message } from '../../../schemas/topic.ts'
import { noMetrics } from '../../../streams/metrics.ts'
import { isDeferredDue, joinSlices } from '../../../streams/task/deferred-records.ts'
import { waitFor } from '../../support/services.ts'
import { score } from '../../processors/scoring-fixtures.ts'
import { createStream, type StreamUnderTest } from '../stream-under-test.ts'
import { verifyStream } from '../verify-stream.ts'

const slice = (topic: string, from: number, to: number) => ({ topic, from, to })

test('slices of one topic in a row become one', () => {
  const before = [slice('a', 0, 3), slice('b', 5, 6)]
  expect(joinSlices(before, [slice('b', 7, 9), slice('a', 3, 4)])).toEqual([
    slice('a', 0, 3),
    slice('b', 5, 9),
    slice('a', 3, 4),
  ])
  expect(joinSlices([], before)).toEqual(before)
  expect(before).toEqual([slice('a', 0, 3), slice('b', 5, 6)])
})

test('they are due after a while, or when there are many', () => {
  const passed = { slices: [slice('a', 0, 300)], count: 300, since: 1_000 }
  expect(isDeferredDue(undefined, 99_000)).toBe(false)
  expect(isDeferredDue(passed, 5_999)).toBe(false)
  expect(isDeferredDue(passed, 6_000)).toBe(true)
  // A few ticks of the clock are no reason for a transaction.
  expect(isDeferredDue({ ...passed, count: 12 }, 60_999)).toBe(false)
  expect(isDeferredDue({ ...passed, count: 12 }, 61_000)).toBe(true)
  expect(isDeferredDue({ ...passed, slices: Array.from({ length: 200 }, () => slice('a', 0, 1)) }, 1_000)).toBe(true)
})

let stream: StreamUnderTest | undefined
afterAll(() => stream?.close())

test('records that change nothing wait for the next transaction, which puts them on record, and replay is the same', async () => {
  // The processor reads the scores of all tasks, and uses those of one.
  const { publish, start, readAll } = (stream = await createStream([visitAssessment], { partitions: 1 }))
  let events = 0
  const entries = async () => (await readAll(journal)).map(({ slices }) => slices.map(({ from }) => from))
  await publish([message(scores, score(1, 0.5))])
  const engine = await start({
    metrics: { ...noMetrics, transactionCommitted: (_name, { events: committed }) => void (events += committed) },
  })
  await waitFor(async () => (await entries()).length === 1, { what: 'the first transaction' })
  for (const number of [2, 3, 4]) {
    await publish([message(scores, score(number, 0.5, { task: 'loan-demand' }))])
    await waitFor(() => Promise.resolve(engine.lag() === 0), { what: `score ${number} to be read` })
  }
  await publish([message(scores, score(5, 0.5))])
  await waitFor(async () => (await entries()).length === 2, { what: 'the second transaction' })
  expect(await entries()).toEqual([[0], [1]])
  await waitFor(() => Promise.resolve(events === 5), { what: 'all events to be counted' })

  const { differences, tasks } = await verifyStream(stream, visitAssessment, { partitions: 1 })
  expect(differences).toEqual([])
  expect(tasks[0]).toMatchObject({ transactions: 2, inputs: 5 })
}, 60_000)
