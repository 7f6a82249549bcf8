import { isTransient } from '../kafka/errors.ts'
import type { Health } from '../streams/health.ts'
import type { Log } from '../streams/log.ts'
import { pause } from '../streams/task/loop.ts'

export interface SendingOptions {
  /** Name of the data for the operator, such as `The history`. */
  readonly what: string
  readonly log: Log
  readonly health?: Health
  /** Aborts the retries. */
  readonly signal: AbortSignal
  readonly pauseMs?: number
}

const PAUSE_MS = 2_000

/**
 * Retries until Kafka has accepted the records, however long the brokers are away. Records sent twice have the same ids
 * and count once. Resolves to false if it was aborted before. Rejects with errors that a retry can't fix.
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
      if (!isTransient(error)) throw error
      health?.failed(what, error)
      log('warn', `${what} waits for Kafka`, { error })
      await pause(pauseMs, signal)
    }
  }
  return false
}
