import { createServer, type AddressInfo } from 'node:net'
import { createMetrics } from '../../api/operations/metrics.ts'
import type { CommandContext } from '../../composition/context.ts'
import { startOperations } from '../../composition/operations.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import { readConfig } from '../../config.ts'
import { createStream, type StreamUnderTest } from '../streams/stream-under-test.ts'
import { brokers, freshDatabase } from '../support/services.ts'

let stream: StreamUnderTest
let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  stream = await createStream([])
  database = await freshDatabase()
}, 60_000)
afterAll(async () => {
  await stream.close()
  await database.drop()
})

function contextWith(environment: Readonly<Record<string, string>>): CommandContext {
  const common = { KAFKA_BROKERS: brokers().join(','), TOPIC_PREFIX: stream.prefix, DATABASE_URL: database.url }
  return {
    config: readConfig({ ...common, ...environment }),
    log: () => {},
    print: () => {},
    stopped: new AbortController().signal,
    fail: (error) => {
      throw error
    },
  }
}

/** Reserves a free port until it is released. */
async function heldPort(): Promise<{ readonly port: number; release(): Promise<void> }> {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as AddressInfo
  return { port, release: () => new Promise((resolve) => holder.close(() => resolve())) }
}

const part = (name: string, state: { ready: boolean; lag?: number }): RunningPart => ({
  name,
  trouble: () => (state.ready ? undefined : 'It is ill.'),
  lag: () => state.lag,
  stop: () => Promise.resolve(),
})

test('a process without the API serves its metrics, its health and the readiness of its parts', async () => {
  const { port, release } = await heldPort()
  await release()
  const metrics = createMetrics()
  const state: { ready: boolean; lag?: number } = { ready: false }
  const parts: RunningPart[] = []
  const operations = await startOperations(contextWith({ METRICS_PORT: String(port) }), {
    metrics,
    parts: () => parts,
    database: true,
  })
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`)
    return { status: answer.status, text: await answer.text() }
  }
  const ready = async () => {
    const { status, text } = await get('/ready')
    return { status, ...(JSON.parse(text) as { ready: boolean; parts: { part: string; ready: boolean }[] }) }
  }
  try {
    expect(await get('/health')).toEqual({ status: 200, text: '{"status":"alive"}' })
    expect(await ready()).toMatchObject({
      status: 503,
      parts: [{ part: 'kafka', ready: true }, { part: 'postgres', ready: true }, { part: 'start' }],
    })
    parts.push(part('sink', state))
    expect(await ready()).toMatchObject({ status: 503, ready: false, parts: [{}, {}, { part: 'sink', ready: false }] })
    state.ready = true
    state.lag = 41
    expect(await ready()).toMatchObject({ status: 200, ready: true })
    // A part that throws when asked counts as failed; the others are still reported.
    parts.push({
      name: 'ill',
      trouble: () => 'It has failed.',
      lag() {
        throw new Error('its fetcher is dead')
      },
      stop: () => Promise.resolve(),
    })
    expect(await ready()).toMatchObject({
      status: 503,
      parts: [{}, {}, { ready: true }, { part: 'ill', reason: 'It has failed.' }],
    })
    expect(await get('/metrics')).toMatchObject({
      status: 200,
      text: expect.stringMatching(/scoreline_part_ready\{part="sink"\} 1\n.*part="ill"\} 0\n/) as string,
    })
    parts.pop()
    metrics.duplicatesDropped('conversion', 2)
    const { text } = await get('/metrics')
    expect(text).toContain('scoreline_duplicates_total{processor="conversion"} 2')
    expect(text).toContain('scoreline_waiting_records{part="sink"} 41')
    expect(text).toContain('process_cpu_seconds_total')
    expect((await get('/customers')).status).toBe(404)
  } finally {
    await operations.stop()
  }
  await expect(get('/health')).rejects.toThrow()
})

test('on loopback it answers under a loopback name only', async () => {
  const { port, release } = await heldPort()
  await release()
  const operations = await startOperations(contextWith({ METRICS_PORT: String(port) }), {
    metrics: createMetrics(),
    parts: () => [],
    database: false,
  })
  try {
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      void import('node:http').then(({ get }) =>
        get({ host: '127.0.0.1', port, path: '/metrics', headers: { host: 'rebound.example' } }, (response) => {
          response.resume()
          resolve(response.statusCode)
        }).on('error', reject),
      )
    })
    expect(answer).toBe(403)
  } finally {
    await operations.stop()
  }
})

test('without METRICS_PORT nothing is opened; a port that is taken is named with the variable', async () => {
  const options = { metrics: createMetrics(), parts: () => [], database: false }
  await (await startOperations(contextWith({}), options)).stop()
  const { port, release } = await heldPort()
  await expect(startOperations(contextWith({ METRICS_PORT: String(port) }), options)).rejects.toThrow(
    `Port ${port} of 127.0.0.1 is taken: choose another one with METRICS_PORT.`,
  )
  await release()
})
