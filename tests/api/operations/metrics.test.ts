import { createMetrics } from '../../../api/operations/metrics.ts'
import { waitFor } from '../../support/services.ts'
import { apiUnderTest } from '../api-under-test.ts'

const valueOf = (text: string, series: string): number => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  if (line === undefined) throw new Error(`there is no ${series}`)
  return Number(line.slice(series.length + 1))
}

test('the metrics of the engine can be scraped', async () => {
  const metrics = createMetrics()
  metrics.transactionCommitted('conversion', { events: 30, scored: 20, messages: 40, durationMs: 80 })
  metrics.transactionCommitted('conversion', { events: 10, scored: 5, messages: 10, durationMs: 20 })
  metrics.latency('conversion', 250)
  metrics.deadLettered('conversion', 'UNDECODABLE')
  metrics.duplicatesDropped('conversion', 3)
  metrics.forwarded('conversion', 'visits')
  metrics.taskRestored('conversion', 1, { records: 1_000, durationMs: 1_500 })
  metrics.taskFailed('conversion', 1)
  metrics.checkpointFailed('conversion', 1)
  metrics.textsUnread('Latin', 3)
  metrics.lag('conversion', 1, 12)
  metrics.running('conversion', 4)
  const text = await metrics.text()
  const of = (series: string) => valueOf(text, series)
  expect(of('scoreline_events_total{processor="conversion"}')).toBe(40)
  expect(of('scoreline_scores_total{processor="conversion"}')).toBe(25)
  expect(of('scoreline_messages_total{processor="conversion"}')).toBe(50)
  expect(of('scoreline_transaction_events_count{processor="conversion"}')).toBe(2)
  expect(of('scoreline_transaction_seconds_sum{processor="conversion"}')).toBeCloseTo(0.1)
  expect(of('scoreline_latency_seconds_bucket{le="0.3",processor="conversion"}')).toBe(1)
  expect(of('scoreline_latency_seconds_bucket{le="0.2",processor="conversion"}')).toBe(0)
  expect(of('scoreline_dead_letters_total{processor="conversion",code="UNDECODABLE"}')).toBe(1)
  expect(of('scoreline_duplicates_total{processor="conversion"}')).toBe(3)
  expect(of('scoreline_forwarded_total{processor="conversion",topic="visits"}')).toBe(1)
  expect(of('scoreline_restore_seconds_sum{processor="conversion"}')).toBe(1.5)
  expect(of('scoreline_restored_records_total{processor="conversion"}')).toBe(1_000)
  expect(of('scoreline_task_failures_total{processor="conversion"}')).toBe(1)
  expect(of('scoreline_checkpoint_failures_total{processor="conversion"}')).toBe(1)
  expect(of('scoreline_texts_unread_total{script="Latin"}')).toBe(3)
  expect(of('scoreline_lag_records{processor="conversion",partition="1"}')).toBe(12)
  expect(of('scoreline_tasks{processor="conversion"}')).toBe(4)
  expect(text).toContain('process_resident_memory_bytes')
})

test('how busy the main thread is', async () => {
  const metrics = createMetrics()
  for (const until = performance.now() + 20; performance.now() < until;);
  const busy = valueOf(await metrics.text(), 'scoreline_event_loop_utilization')
  expect(busy).toBeGreaterThan(0.5)
  expect(busy).toBeLessThanOrEqual(1)
  const isCalm = async () => valueOf(await metrics.text(), 'scoreline_event_loop_utilization') < 0.5
  await waitFor(isCalm, { what: 'a calm main thread', intervalMs: 100 })
})

test('the last ten seconds make the rates and the latencies', () => {
  let now = 1_000
  const metrics = createMetrics(() => now)
  expect(metrics.recent()).toBeUndefined()
  metrics.running('conversion', 2)
  metrics.lag('conversion', 0, 5)
  metrics.lag('conversion', 1, 7)
  metrics.lag('conversion', 1, 2)
  for (let index = 1; index <= 100; index++) metrics.latency('conversion', index)
  metrics.transactionCommitted('conversion', { events: 50, scored: 20, messages: 0, durationMs: 1 })
  now = 6_000
  metrics.transactionCommitted('conversion', { events: 50, scored: 0, messages: 0, durationMs: 1 })
  expect(metrics.recent()).toEqual({
    eventsPerSecond: 10,
    scoresPerSecond: 2,
    lag: 7,
    latencyMsMedian: 50,
    latencyMsP99: 99,
    tasks: 2,
    deadLetters: 0,
    duplicates: 0,
  })
  now = 30_000
  expect(metrics.recent()).toMatchObject({ eventsPerSecond: 0, latencyMsMedian: null, latencyMsP99: null })
})

test('requests are counted by route, not by address', async () => {
  const api = await apiUnderTest()
  try {
    await api.server.inject({ url: '/customers/secret-person' })
    const { body, headers } = await api.server.inject({ url: '/metrics' })
    expect(headers['content-type']).toContain('text/plain')
    expect(
      valueOf(body, 'scoreline_http_request_seconds_count{route="/customers/:id",method="GET",status="404"}'),
    ).toBe(1)
    expect(body).not.toContain('secret-person')
  } finally {
    await api.close()
  }
})
