import { createMetrics } from '../../../api/operations/metrics.ts'
import { apiUnderTest } from '../api-under-test.ts'

test('shows what each processor reads and writes, and what its tasks in this process do', async () => {
  const metrics = createMetrics(() => 5_000)
  const api = await apiUnderTest({ metrics, processName: 'host:7' })
  const get = async () => (await api.server.inject({ url: '/processors' })).json()
  const named = async (name: string) => (await get()).items.find((one: { name: string }) => one.name === name)
  try {
    expect(await get()).toMatchObject({ process: 'host:7', items: expect.any(Array) })
    expect(await named('opportunity-standings')).toMatchObject({
      inputs: ['scores', 'opportunities', 'clock'],
      outputs: ['standings'],
      scorers: [],
      running: null,
    })
    expect((await named('customer-features')).scorers[0]).toMatchObject({ name: 'loan-demand' })

    metrics.taskChanged('conversion', 1, 'running', undefined, 2)
    metrics.taskChanged('conversion', 0, 'restoring', undefined, 1)
    metrics.transactionCommitted('conversion', { events: 50, scored: 40, messages: 40, durationMs: 10 })
    metrics.latency('conversion', 30)
    metrics.lag('conversion', 1, 12, Date.now() - 60_000)
    expect((await named('conversion')).running).toEqual({
      ...{ state: 'restoring', eventsPerSecond: 5, scoresPerSecond: 4, latencyMsMedian: 30, latencyMsP99: 30 },
      ...{ lag: 12, oldestAgeSeconds: 60 },
      tasks: [
        { partition: 0, thread: 1, state: 'restoring', reason: null, lag: 0, oldestAgeSeconds: 0 },
        { partition: 1, thread: 2, state: 'running', reason: null, lag: 12, oldestAgeSeconds: 60 },
      ],
    })

    metrics.taskChanged('conversion', 0, 'failed', 'No broker answers.', 1)
    expect((await named('conversion')).running).toMatchObject({
      state: 'failed',
      tasks: [{ reason: 'No broker answers.' }, {}],
    })
    // A task that moves between threads starts in one before the other has told its end.
    metrics.taskChanged('conversion', 1, 'restoring', undefined, 1)
    metrics.taskChanged('conversion', 1, 'ended', undefined, 2)
    metrics.taskChanged('conversion', 0, 'ended', undefined, 1)
    expect((await named('conversion')).running.tasks).toMatchObject([{ partition: 1, thread: 1, state: 'restoring' }])
    metrics.taskChanged('conversion', 1, 'ended', undefined, 1)
    expect((await named('conversion')).running).toBeNull()
  } finally {
    await api.close()
  }
})
