import type { InputSlice } from '../input/input-slices.ts'

/**
 * Records that left everything as it was, as scores of other tasks do, or a tick of the clock without a due timer. A
 * transaction for them would only move the position; they are put on record with the next one that has more to say,
 * or by themselves after a while. After a crash they are read again, and change nothing again.
 */
export interface PassedRecords {
  readonly slices: readonly InputSlice[]
  readonly count: number
  /** When the first of them was read, ms of `performance.now()`. */
  readonly since: number
}

const PASSED_MS_MAX = 5_000
/** A handful of ticks is not worth a transaction sooner, and nobody takes it for a backlog. */
const FEW = 50
const FEW_PASSED_MS_MAX = 60_000
/** The journal names each slice. */
const SLICES_MAX = 200

export function isPassedDue(passed: PassedRecords | undefined, now: number): boolean {
  if (passed === undefined) return false
  const msMax = passed.count < FEW ? FEW_PASSED_MS_MAX : PASSED_MS_MAX
  return now - passed.since >= msMax || passed.slices.length >= SLICES_MAX
}

/** Both in order; neighbours of one topic become one. */
export function joinSlices(before: readonly InputSlice[], after: readonly InputSlice[]): readonly InputSlice[] {
  const joined = [...before]
  for (const slice of after) {
    const last = joined.at(-1)
    if (last?.topic === slice.topic) joined[joined.length - 1] = { ...last, to: slice.to }
    else joined.push(slice)
  }
  return joined
}
