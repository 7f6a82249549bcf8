import type { SimulatedClock } from '../api/ports.ts'

/** A running part of the platform in this process. */
export interface RunningPart {
  readonly name: string
  /**
   * Returns why the part does not work, for the operator; `undefined` if it does. Shown at /ready, /status and on the
   * page. Parts that retry use a `Health` (`streams/health.ts`).
   */
  trouble(): string | undefined
  /** Returns a warning about a part that works; shown in the same places. */
  warning?(): string | undefined
  /** Lag in records; `undefined` if unknown. */
  lag?(): number | undefined
  /** Clock of the simulated world, if the part runs one. */
  simulatedClock?(): SimulatedClock
  /** Finishes open work and releases everything. */
  stop(): Promise<void>
}

export const NOT_YET_AT_WORK = 'It has not taken up its work yet.'

/** Returns the trouble of a part. An exception counts as trouble, so that a broken part does not hide the others. */
export function troubleOf(part: RunningPart): string | undefined {
  try {
    return part.trouble()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Returns the lag of a part; `undefined` if it throws. */
export function lagOf(part: RunningPart): number | undefined {
  try {
    return part.lag?.()
  } catch {
    return undefined
  }
}
