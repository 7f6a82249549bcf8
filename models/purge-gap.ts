import type { Split } from './split.ts'

export interface PurgedSplit extends Split {
  /** Time between the last training row and the first test row that is kept free of training rows, ms. */
  readonly gapMs: number
}

/** Minimum number of training rows that a gap leaves. */
const ROWS_MIN = 100

/**
 * Removes from the training rows of a split by time those that came less than `gapMs` before the first test row
 * (purging: López de Prado 2018, 7.4): when that row came, their labels were not all known. A history that is too short
 * has no gap: if fewer than half of the training rows, fewer than 100, or labels of one class would remain. `times` are
 * in ascending order, ms.
 */
export function withPurgeGap(
  { train, test }: Split,
  { times, labels }: { readonly times: Float64Array; readonly labels: Float64Array },
  gapMs: number,
): PurgedSplit {
  const firstTest = times[test[0] ?? -1]
  if (firstTest === undefined || Number.isNaN(firstTest) || gapMs <= 0) return { train, test, gapMs: 0 }
  const kept = train.filter((row) => times[row]! <= firstTest - gapMs)
  const outputs = labels.length / times.length
  const known = new Set(
    [...kept].flatMap((row) => [...labels.subarray(row * outputs, (row + 1) * outputs)]).filter(Number.isFinite),
  )
  return kept.length < Math.max(ROWS_MIN, train.length / 2) || known.size < 2
    ? { train, test, gapMs: 0 }
    : { train: kept, test, gapMs }
}
