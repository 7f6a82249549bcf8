import type { Config } from '../../config.ts'

/** The start message of a stream thread. */
export interface StreamThreadData {
  /** Thread number, from 1. */
  readonly thread: number
  readonly config: Config
  /** Names of the processors. */
  readonly processors: readonly string[]
}
