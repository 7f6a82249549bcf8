import type { Blocks } from './block-series.ts'
import { REFERENCE_BLOCKS, type WatchedStream } from './watched-stream.ts'

/**
 * Numbers as scores that any distribution gives the same way: from the place of a value among those of the reference, 0
 * to 1 (ties get the middle). `location` is that place and `spread` its distance from the middle, both with mean 0 and
 * variance 1 while the distribution is that of the reference: the first components of a smooth test (Neyman 1937; Rayner,
 * Thas and Best 2009), with the distance in place of its square. Ranks make heavy tails harmless: every score is bounded,
 * so that a mean of few of them has no heavy tail either.
 */
export const numberMeasures = ['location', 'spread'] as const

/** The known values of a reference that begins with that block, ascending. `values`: of all rows. */
export function referenceValues(values: Float64Array, { blockRows }: WatchedStream, from: number): Float64Array {
  return values
    .subarray(from * blockRows, (from + REFERENCE_BLOCKS) * blockRows)
    .filter((value) => !Number.isNaN(value))
    .sort()
}

/** The places of values among those of the reference, from its first row on. */
export function placesAmong(sorted: Float64Array, values: Float64Array, { from, count, rows }: Blocks): Float64Array {
  const places = new Float64Array(count * rows)
  for (let row = from * rows; row < places.length; row++) places[row] = placeAmong(sorted, values[row]!)
  return places
}

/** The place of a value. `sorted`: the known values of the reference, ascending. NaN stays NaN. */
function placeAmong(sorted: Float64Array, value: number): number {
  if (Number.isNaN(value)) return Number.NaN
  const below = firstWhere(sorted, (other) => other >= value)
  const upTo = firstWhere(sorted, (other) => other > value)
  return (below + upTo) / 2 / sorted.length
}

/** Location and spread of a place. */
export function numberScore(measure: (typeof numberMeasures)[number], place: number): number {
  const fromMiddle = 2 * place - 1
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
