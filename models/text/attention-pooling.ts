import { DAY_MS } from '../../schemas/durations.ts'

/** Vectors of the windows of all cases; those of case c are at `starts[c]` to `starts[c + 1]`. */
export interface CaseVectors {
  readonly starts: Int32Array
  readonly dimension: number
  /** Vectors [windows × dimension]. */
  readonly vectors: Float32Array
  /**
   * ln(1 + days) from each window to the newest of its case (`ages`), and from the window before it (`gaps`); 0 without
   * times.
   */
  readonly ages: Float32Array
  readonly gaps: Float32Array
}

/** Returns the number of attention parameters: one per number of a vector, and one each for age and gap. */
export function attentionSize(dimension: number): number {
  return dimension + 2
}

/** Returns the ages and gaps of a case's windows from their times (epoch ms; NaN if unknown), in time order. */
export function agesAndGaps(times: readonly number[]): { readonly ages: number[]; readonly gaps: number[] } {
  const newest = times.at(-1)!
  const days = (from: number, to: number) =>
    Number.isNaN(from) || Number.isNaN(to) ? 0 : Math.max(0, to - from) / DAY_MS
  return {
    ages: times.map((at) => Math.log1p(days(at, newest))),
    gaps: times.map((at, index) => (index === 0 ? 0 : Math.log1p(days(times[index - 1]!, at)))),
  }
}

/**
 * Returns one vector per case: the sum of its windows' vectors, weighted by a softmax of u·v + a·age + g·gap (as Yang
 * et al. 2016 pool words, with time added). `attention` holds u, a and g. Writes the weight of each window.
 */
export function pooled(attention: Float64Array, cases: CaseVectors, weights: Float64Array): Float32Array {
  const { starts, dimension, vectors, ages, gaps } = cases
  const count = starts.length - 1
  const result = new Float32Array(count * dimension)
  for (let one = 0; one < count; one++) {
    let largest = Number.NEGATIVE_INFINITY
    for (let window = starts[one]!; window < starts[one + 1]!; window++) {
      let score = attention[dimension]! * ages[window]! + attention[dimension + 1]! * gaps[window]!
      for (let i = 0; i < dimension; i++) score += attention[i]! * vectors[window * dimension + i]!
      weights[window] = score
      largest = Math.max(largest, score)
    }
    let sum = 0
    for (let window = starts[one]!; window < starts[one + 1]!; window++)
      sum += weights[window] = Math.exp(weights[window]! - largest)
    for (let window = starts[one]!; window < starts[one + 1]!; window++) {
      weights[window]! /= sum
      for (let i = 0; i < dimension; i++)
        result[one * dimension + i]! += weights[window]! * vectors[window * dimension + i]!
    }
  }
  return result
}

/** Adds the gradient of the attention, given that of the pooled vectors. `weights` are those that `pooled` wrote. */
export function attentionGradient(
  cases: CaseVectors,
  weights: Float64Array,
  ofPooled: Float64Array,
  gradient: Float64Array,
): void {
  const { starts, dimension, vectors, ages, gaps } = cases
  for (let one = 0; one < starts.length - 1; one++) {
    // The effect of each window's vector on the loss, and the weighted mean: a softmax gradient depends only on the
    // difference from it.
    const from = starts[one]!
    const to = starts[one + 1]!
    if (to - from < 2) continue
    let mean = 0
    const gains = new Float64Array(to - from)
    for (let window = from; window < to; window++) {
      let gain = 0
      for (let i = 0; i < dimension; i++) gain += ofPooled[one * dimension + i]! * vectors[window * dimension + i]!
      gains[window - from] = gain
      mean += weights[window]! * gain
    }
    for (let window = from; window < to; window++) {
      const error = weights[window]! * (gains[window - from]! - mean)
      for (let i = 0; i < dimension; i++) gradient[i]! += error * vectors[window * dimension + i]!
      gradient[dimension]! += error * ages[window]!
      gradient[dimension + 1]! += error * gaps[window]!
    }
  }
}

/** Returns the vectors of the chosen cases. */
export function chosenVectors({ starts, dimension, vectors, ages, gaps }: CaseVectors, rows: Int32Array): CaseVectors {
  const counts = rows.map((row) => starts[row + 1]! - starts[row]!)
  const chosenStarts = new Int32Array(rows.length + 1)
  counts.forEach((count, index) => (chosenStarts[index + 1] = chosenStarts[index]! + count))
  const total = chosenStarts[rows.length]!
  const picked = {
    vectors: new Float32Array(total * dimension),
    ages: new Float32Array(total),
    gaps: new Float32Array(total),
  }
  rows.forEach((row, index) => {
    const [from, to, at] = [starts[row]!, starts[row + 1]!, chosenStarts[index]!]
    picked.vectors.set(vectors.subarray(from * dimension, to * dimension), at * dimension)
    picked.ages.set(ages.subarray(from, to), at)
    picked.gaps.set(gaps.subarray(from, to), at)
  })
  return { starts: chosenStarts, dimension, ...picked }
}
