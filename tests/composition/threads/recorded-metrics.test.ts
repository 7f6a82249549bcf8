import { recordMetrics, replayMetrics, sharedMetrics } from '../../../composition/threads/recorded-metrics.ts'
import { noMetrics } from '../../../streams/metrics.ts'

test('recorded calls are replayed once and in order', () => {
  const recorded = recordMetrics()
  const told = recordMetrics()
  recorded.latency('p', 12.5)
  recorded.deadLettered('p', 'INVALID')
  recorded.transactionCommitted('p', { events: 3, scored: 2, messages: 1, durationMs: 4 })
  replayMetrics(structuredClone(recorded.take()), told)
  expect(recorded.take()).toEqual([])
  expect(told.take()).toEqual([
    ['latency', 'p', 12.5],
    ['deadLettered', 'p', 'INVALID'],
    ['transactionCommitted', 'p', { events: 3, scored: 2, messages: 1, durationMs: 4 }],
  ])
})

test('every measure can be recorded', () => {
  const recorded = recordMetrics()
  for (const name of Object.keys(noMetrics)) (recorded[name as keyof typeof noMetrics] as (value: string) => void)('p')
  expect(recorded.take().map(([name]) => name)).toEqual(Object.keys(noMetrics))
})

test('the tasks of a processor are those of all threads', () => {
  const told = recordMetrics()
  const another = sharedMetrics(told)
  const [one, two] = [another(), another()]
  one.running('p', 4)
  two.running('p', 2)
  one.running('p', 2)
  two.running('q', 1)
  expect(told.take()).toEqual([
    ['running', 'p', 4],
    ['running', 'p', 6],
    ['running', 'p', 4],
    ['running', 'q', 1],
  ])
})

test('the state of a task is told with its thread', () => {
  const told = recordMetrics()
  const another = sharedMetrics(told)
  const [one, two] = [another(), another()]
  two.taskChanged('p', 3, 'restoring')
  one.taskChanged('p', 3, 'failed', 'No broker answers.')
  expect(told.take()).toEqual([
    ['taskChanged', 'p', 3, 'restoring', undefined, 2],
    ['taskChanged', 'p', 3, 'failed', 'No broker answers.', 1],
  ])
})
