import type { PolledRun } from '../input/input-slices.ts'

/** The record with which a transaction fails, and the error. */
export interface Culprit {
  /** Index of the record in fold order. */
  readonly index: number
  readonly cause: unknown
}

/**
 * Finds the first record with which a transaction fails, in about log2(count) tries. `failure` tries the first n
 * records and returns the error, if any. Returns `undefined` if the whole transaction does not fail again, so that no
 * record is to blame.
 */
export async function firstFailing(
  count: number,
  failure: (first: number) => Promise<unknown>,
): Promise<Culprit | undefined> {
  let cause = await failure(count)
  if (cause === undefined) return undefined
  let good = 0
  let bad = count
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1
    const found = await failure(middle)
    if (found === undefined) good = middle
    else {
      bad = middle
      cause = found
    }
  }
  return { index: bad - 1, cause }
}

/** Returns the runs cut to their first `count` records. */
export function firstOf(runs: readonly PolledRun[], count: number): PolledRun[] {
  const first: PolledRun[] = []
  let left = count
  for (const run of runs) {
    if (left <= 0) break
    const to = Math.min(run.to, run.from + left)
    first.push({ ...run, to })
    left -= to - run.from
  }
  return first
}

/** Returns the record with this index in fold order. */
export function recordAt(
  runs: readonly PolledRun[],
  index: number,
): { readonly batch: PolledRun['batch']; readonly index: number } {
  let left = index
  for (const { batch, from, to } of runs) {
    if (left < to - from) return { batch, index: from + left }
    left -= to - from
  }
  throw new RangeError(`There is no record ${index}.`)
}
