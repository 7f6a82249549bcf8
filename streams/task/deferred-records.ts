import type { InputSlice } from '../input/input-slices.ts'

/**
 * Records without any effect, such as scores of other tasks or a clock tick without a due timer. A transaction for them
 * would only advance the position, so they are committed with the next transaction that has an effect, or alone after a
 * while. After a crash they are read again, to no effect again.
 */
export interface DeferredRecords {
  readonly slices: readonly InputSlice[]
  readonly count: number
  /** Time when the first of them was read, by `performance.now()`. */
  readonly since: number
}

const DEFERRED_MS_MAX = 5_000
/** Fewer records may wait longer: they are not worth a transaction sooner, and too few to look like a backlog. */
const FEW = 50
const FEW_DEFERRED_MS_MAX = 60_000
/** Maximum slices of a transaction, since its journal entry lists each. */
const SLICES_MAX = 200

export function isDeferredDue(deferred: DeferredRecords | undefined, now: number): boolean {
  if (deferred === undefined) return false
  const msMax = deferred.count < FEW ? FEW_DEFERRED_MS_MAX : DEFERRED_MS_MAX
  return now - deferred.since >= msMax || deferred.slices.length >= SLICES_MAX
}

/** Concatenates slices, merging neighbours of the same topic. */
export function joinSlices(before: readonly InputSlice[], after: readonly InputSlice[]): readonly InputSlice[] {
  const joined = [...before]
  for (const slice of after) {
    const last = joined.at(-1)
    if (last?.topic === slice.topic) joined[joined.length - 1] = { ...last, to: slice.to }
    else joined.push(slice)
  }
  return joined
}
