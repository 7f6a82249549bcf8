import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { random } from '../../models/random.ts'
import type { Figures } from '../compared.ts'

const CONNECTIONS = 32

export interface SteadyLoad {
  readonly requestsPerSecond: number
  readonly seconds: number
  /** How many customers are asked for, in no order. */
  readonly customers: number
}

/**
 * Asks at a fixed rate, whether or not the answers before have come, over a bounded number of connections. Times in ms:
 * from when the request was due where all connections were waiting for answers, since one slow answer must not hide the
 * wait of those behind it; otherwise from when it was sent, since a timer of this process that is late is not part of
 * the answer.
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

/** One request after the other over one connection, for a figure that no queue is part of. */
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

/** Requests over connections that stay open: the plain client of Node, since what asks shares the processors. */
export interface Asker {
  /** Rejects where the answer is none. */
  ask(path: string, body?: string): Promise<void>
  close(): void
}

export function askerOf(address: string): Asker {
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
