import { passesByItself } from '../kafka/errors.ts'
import type { Health } from '../streams/health.ts'
import type { Log } from '../streams/log.ts'
import { pause } from '../streams/task/loop.ts'

export interface SendingOptions {
  /** Name of the data for the operator, such as `The history`. */
  readonly what: string
  readonly log: Log
  readonly health?: Health
  /** Ends the trying. */
  readonly signal: AbortSignal
  readonly pauseMs?: number
}

const PAUSE_MS = 2_000

/**
 * Sends until Kafka has taken it, however long the brokers are away. What is sent twice has the same ids and counts
 * once. Resolves to whether it was taken: `false` if it was stopped before. Rejects with errors that a retry can't
 * fix.
 */
export async function untilSent(send: () => Promise<unknown>, options: SendingOptions): Promise<boolean> {
  const { what, log, health, signal, pauseMs = PAUSE_MS } = options
  while (!signal.aborted) {
    try {
      await send()
      health?.worked(what)
      return true
    } catch (error) {
      if (signal.aborted) break
      if (!passesByItself(error)) throw error
      health?.failed(what, error)
      log('warn', `${what} waits for Kafka`, { error })
      await pause(pauseMs, signal)
    }
  }
  return false
}
