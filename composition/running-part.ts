import type { SimulatedClock } from '../api/ports.ts'

/** A part of the platform at work in this process. */
export interface RunningPart {
  readonly name: string
  /**
   * Why it is not working, for the operator; `undefined`: it is. Shown at /ready, /status and on the page. What is
   * tried again and again keeps a `Health` of it (`streams/health.ts`).
   */
  trouble(): string | undefined
  /** What someone should look at although it works; shown in the same places. */
  warning?(): string | undefined
  /** Records that wait for it; `undefined`: not known (yet). */
  lag?(): number | undefined
  /** The time in the simulated world, where the part runs one. */
  simulatedClock?(): SimulatedClock
  /** Finishes what is open and gives everything back. */
  stop(): Promise<void>
}

export const NOT_YET_AT_WORK = 'It has not taken up its work yet.'

/** If a broken part throws when asked, that is its answer: it must not prevent asking the others. */
export function troubleOf(part: RunningPart): string | undefined {
  try {
    return part.trouble()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The same of its lag: not known. */
export function lagOf(part: RunningPart): number | undefined {
  try {
    return part.lag?.()
  } catch {
    return undefined
  }
}
