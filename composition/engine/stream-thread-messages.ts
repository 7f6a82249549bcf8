import type { Config } from '../../config.ts'
import type { LogFields, LogLevel } from '../../streams/log.ts'
import type { MetricsCall } from './recorded-metrics.ts'

/** The start message of a stream thread. */
export interface StreamThreadData {
  /** Counted from 1. */
  readonly thread: number
  readonly config: Config
  /** Names of the processors. */
  readonly processors: readonly string[]
}

/** From the main thread to a stream thread; there is one order: finish what is open and end. */
export const STOP = 'stop'

/** From a stream thread to the main thread. */
export type ThreadNotice =
  | { readonly kind: 'started' }
  /** With fields that can be posted. */
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string; readonly fields: LogFields }
  /** Its metrics since the last notice, and its lag. `lag` is `undefined` while a task is still being assigned. */
  | {
      readonly kind: 'work'
      readonly calls: readonly MetricsCall[]
      readonly tasks: number
      readonly lag: number | undefined
      /** Parts that fail repeatedly. */
      readonly trouble: string | undefined
    }
  /** It failed, could not start or could not stop cleanly; the reason. */
  | { readonly kind: 'failed'; readonly reason: string }
