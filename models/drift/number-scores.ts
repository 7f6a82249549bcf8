import type { Blocks } from './block-series.ts'
import { REFERENCE_BLOCKS, type WatchedStream } from './watched-stream.ts'

/**
 * Distribution-free scores of numbers, from the rank of a value in the reference, scaled to 0 to 1 (mid-ranks for
 * ties). `location` is the rank and `spread` its distance from the middle, both scaled to mean 0 and variance 1 under
 * the reference: the first components of a smooth test (Neyman 1937; Rayner, Thas and Best 2009), with the distance in
 * place of its square. Every score is bounded, so that heavy tails do no harm, even to means of a few.
 */
export const numberMeasures = ['location', 'spread'] as const

/** Returns the known values of the reference that begins with block `from`, ascending. `values` has all rows. */
export function referenceValues(values: Float64Array, { blockRows }: WatchedStream, from: number): Float64Array {
  return values
    .subarray(from * blockRows, (from + REFERENCE_BLOCKS) * blockRows)
    .filter((value) => !Number.isNaN(value))
    .sort()
}

/** Returns the rank of each value in the reference, from the reference's first row on. */
export function ranksAmong(sorted: Float64Array, values: Float64Array, { from, count, rows }: Blocks): Float64Array {
  const ranks = new Float64Array(count * rows)
  for (let row = from * rows; row < ranks.length; row++) ranks[row] = rankAmong(sorted, values[row]!)
  return ranks
}

/** Returns the rank of a value among the known values of the reference, from 0 to 1; NaN for NaN. */
export function rankAmong(sorted: Float64Array, value: number): number {
  if (Number.isNaN(value)) return Number.NaN
  const below = firstWhere(sorted, (other) => other >= value)
  const upTo = firstWhere(sorted, (other) => other > value)
  return (below + upTo) / 2 / sorted.length
}

/** Returns the location or spread score of a rank. */
export function numberScore(measure: (typeof numberMeasures)[number], rank: number): number {
  const fromMiddle = 2 * rank - 1
  return measure === 'location' ? Math.sqrt(3) * fromMiddle : Math.sqrt(12) * (Math.abs(fromMiddle) - 0.5)
}

function firstWhere(sorted: Float64Array, holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(sorted[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}
