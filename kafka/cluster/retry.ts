import { setTimeout as delay } from 'node:timers/promises'
import { KafkaError } from '../errors.ts'

export interface RetryOptions {
  /** When to give up and throw the last error, on the clock of `performance.now()`. */
  readonly deadline: number
  /** Ends the wait at once; the last error is thrown. */
  readonly signal?: AbortSignal
  /** Called with each error before the next attempt, to invalidate stale information. */
  readonly onRetry?: (error: KafkaError, attempt: number) => void
}

const PAUSE_MS_FIRST = 2
const PAUSE_MS_MAX = 1000

/**
 * Returns a pause that doubles from 2 ms to 1 s, with jitter in its upper half so that clients do not retry in step.
 */
export function backoffMs(attempt: number): number {
  const whole = Math.min(PAUSE_MS_MAX, PAUSE_MS_FIRST * 2 ** Math.min(attempt, 10))
  return whole / 2 + (Math.random() * whole) / 2
}

/** Waits before the next attempt, or until the signal is aborted. */
export async function backOff(attempt: number, signal?: AbortSignal): Promise<void> {
  await delay(backoffMs(attempt), undefined, signal && { signal }).catch(() => undefined)
}

/** Resolves when the work ends, or after this time, in which case the work goes on. */
export async function atMost(milliseconds: number, work: Promise<unknown> | undefined): Promise<void> {
  await Promise.race([work, delay(milliseconds, undefined, { ref: false })])
}

/** Repeats `operation` while its error is retriable and the deadline has not passed. */
export async function retry<T>(operation: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await operation()
    } catch (error) {
      if (!(error instanceof KafkaError) || error.kind !== 'retriable') throw error
      options.onRetry?.(error, attempt)
      const pause = backoffMs(attempt)
      if (performance.now() + pause > options.deadline || options.signal?.aborted) throw error
      // If the wait is aborted, the error being retried is more informative.
      await delay(pause, undefined, options.signal && { signal: options.signal }).catch(() => Promise.reject(error))
    }
  }
}

/** Returns the deadline this many milliseconds from now. */
export function deadlineIn(milliseconds: number): number {
  return performance.now() + milliseconds
}
