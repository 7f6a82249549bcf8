import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { random } from '../../models/random.ts'
import type { Figures } from '../compare-rounds.ts'

const CONNECTIONS = 32

export interface SteadyLoad {
  readonly requestsPerSecond: number
  readonly seconds: number
  /** Number of customers, requested in random order. */
  readonly customers: number
}

/**
 * Sends requests at a fixed rate over a bounded number of connections, whether or not earlier answers have arrived.
 * Times in ms: if all connections were busy, from when the request was due, since one slow answer must not hide the
 * wait of those behind it (coordinated omission); otherwise from when it was sent, since a late timer of this process
 * is not part of the answer.
 */
export async function steadily(
  ask: (customer: number) => Promise<unknown>,
  { requestsPerSecond, seconds, customers }: SteadyLoad,
): Promise<Figures> {
  const next = random(1)
  const count = Math.round(seconds * requestsPerSecond)
  const times = new Float64Array(count)
  const startedAt = performance.now()
  let taken = 0
  const connection = async () => {
    while (taken < count) {
      const index = taken++
      let from = startedAt + (index * 1_000) / requestsPerSecond
      const early = from - performance.now()
      if (early > 0) {
        await delay(early)
        from = performance.now()
      }
      await ask(Math.floor(next() * customers))
      times[index] = performance.now() - from
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  times.sort()
  return { p50: times[count >> 1]!, p99: times[Math.floor(count * 0.99)]! }
}

/** Sends one request after the other over one connection, for a figure without queueing. */
export async function oneByOne(ask: (customer: number) => Promise<unknown>, seconds: number): Promise<Figures> {
  const next = random(2)
  const times: number[] = []
  for (const startedAt = performance.now(); performance.now() - startedAt < seconds * 1_000;) {
    const from = performance.now()
    await ask(Math.floor(next() * 1_000_000))
    times.push(performance.now() - from)
  }
  times.sort((one, other) => one - other)
  return { p50: times[times.length >> 1]!, p99: times[Math.floor(times.length * 0.99)]! }
}

/**
 * Sends requests over keep-alive connections, with the plain client of Node.js, since the client shares the CPU with
 * the server.
 */
export interface LoadClient {
  /** Rejects if the status is not 200. */
  ask(path: string, body?: string): Promise<void>
  close(): void
}

export function createLoadClient(address: string): LoadClient {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  return {
    ask: (path, body) =>
      new Promise((resolve, reject) => {
        const headers = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }
        const method = body === undefined ? 'GET' : 'POST'
        const asking = request(`${address}${path}`, { agent, method, headers }, (answer) => {
          answer.on('error', reject).on('end', () => {
            if (answer.statusCode === 200) resolve()
            else reject(new Error(`${address}${path} was answered with ${answer.statusCode}.`))
          })
          answer.resume()
        })
        asking.on('error', reject).end(body)
      }),
    close: () => agent.destroy(),
  }
}
