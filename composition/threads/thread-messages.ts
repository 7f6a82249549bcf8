import type { LogFields, LogLevel } from '../../streams/log.ts'
import type { MetricsCall } from './recorded-metrics.ts'

/** The only message from the main thread to the thread of a part: finish open work and end. */
export const STOP = 'stop'

/** Messages from the thread of a part to the main thread. */
export type ThreadNotice =
  | { readonly kind: 'started' }
  /** A log line, with fields that can be posted. */
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string; readonly fields: LogFields }
  /** Metrics since the last notice, task count and lag; `undefined` until known. */
  | {
      readonly kind: 'work'
      readonly calls: readonly MetricsCall[]
      readonly tasks: number
      readonly lag: number | undefined
      /** Repeated failures. */
      readonly trouble: string | undefined
    }
  /** The part failed, could not start or could not stop cleanly. */
  | { readonly kind: 'failed'; readonly reason: string }
