import type { Config } from '../../config.ts'
import type { LogLevel } from '../../streams/log.ts'
import type { MetricsCall } from './recorded-metrics.ts'

/** What a stream thread is started with. */
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
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string }
  /** What it has done since the last one, and what it has to do. `lag` is `undefined` while a task is still being taken over. */
  | {
      readonly kind: 'work'
      readonly calls: readonly MetricsCall[]
      readonly tasks: number
      readonly lag: number | undefined
      /** What fails again and again. */
      readonly trouble: string | undefined
    }
  /** It failed, could not start or could not stop cleanly; the reason. */
  | { readonly kind: 'failed'; readonly reason: string }
