import type { LogFields, LogLevel } from '../../streams/log.ts'
import type { MetricsCall } from './recorded-metrics.ts'

/** From the main thread to the thread of a part; there is one order: finish what is open and end. */
export const STOP = 'stop'

/** From the thread of a part to the main thread. */
export type ThreadNotice =
  | { readonly kind: 'started' }
  /** With fields that can be posted. */
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string; readonly fields: LogFields }
  /** Its metrics since the last notice, and its lag; `undefined`: not known yet. */
  | {
      readonly kind: 'work'
      readonly calls: readonly MetricsCall[]
      readonly tasks: number
      readonly lag: number | undefined
      /** What it fails at repeatedly. */
      readonly trouble: string | undefined
    }
  /** It failed, could not start or could not stop cleanly; the reason. */
  | { readonly kind: 'failed'; readonly reason: string }
