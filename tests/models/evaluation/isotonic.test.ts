import fc from 'fast-check'
import { applyIsotonic, fitIsotonic, poolAdjacentViolators } from '../../../models/evaluation/isotonic.ts'
import { labelledScores } from './labelled-scores.ts'

const weightedMean = (values: readonly number[], weights: readonly number[]) =>
  values.reduce((sum, value, i) => sum + weights[i]! * value, 0) / weights.reduce((sum, weight) => sum + weight, 0)

/** Tries all ways to cut the sequence into blocks with non-decreasing values, and returns the best. */
function bruteForce(values: readonly number[], weights: readonly number[]): readonly number[] {
  let best: readonly number[] = []
  let least = Infinity
  for (let cuts = 0; cuts < 2 ** (values.length - 1); cuts++) {
    const fit: number[] = []
    for (let from = 0; from < values.length;) {
      let to = from + 1
      while (to < values.length && (cuts & (1 << (to - 1))) === 0) to++
      const value = weightedMean(values.slice(from, to), weights.slice(from, to))
      while (from < to) from = fit.push(value)
    }
    if (fit.some((value, i) => i > 0 && value < fit[i - 1]! - 1e-12)) continue
    const squares = fit.reduce((sum, value, i) => sum + weights[i]! * (value - values[i]!) ** 2, 0)
    if (squares < least - 1e-12) {
      least = squares
      best = fit
    }
  }
  return best
}

describe('poolAdjacentViolators', () => {
  it('pools by hand', () => {
    expect(poolAdjacentViolators([1, 3, 2, 4], [1, 1, 1, 1])).toEqual([
      { weight: 1, value: 1, from: 0, to: 1 },
      { weight: 2, value: 2.5, from: 1, to: 3 },
      { weight: 1, value: 4, from: 3, to: 4 },
    ])
    expect(poolAdjacentViolators([3, 1], [1, 3])).toEqual([{ weight: 4, value: 1.5, from: 0, to: 2 }])
  })

  it('is the non-decreasing fit of least squares', () => {
    const sequence = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(sequence, (pairs) => {
        const values = pairs.map(([value]) => value)
        const weights = pairs.map(([, weight]) => weight)
        const fit = poolAdjacentViolators(values, weights).flatMap(({ value, from, to }) =>
          new Array<number>(to - from).fill(value),
        )
        const expected = bruteForce(values, weights)
        expect(fit).toHaveLength(values.length)
        fit.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 9))
      }),
    )
  })
})

describe('fitIsotonic', () => {
  it('joins the blocks by straight lines and is level beyond them', () => {
    // Labels by score: 0, 1 | 1, 1, 0 pooled at 0.8 with 2/3 … the mean of 1, 1, 1, 0 is 3/4 at 0.65.
    const labels = Float64Array.of(0, 0, 1, 1, 1, 0)
    const scores = Float64Array.of(0.1, 0.3, 0.5, 0.6, 0.7, 0.8)
    const fit = fitIsotonic(labels, scores)
    expect(fit.scores).toHaveLength(2)
    expect(fit.scores[0]).toBeCloseTo(0.2, 12)
    expect(fit.scores[1]).toBeCloseTo(0.65, 12)
    // Two rows with only the label 0 must not give 0: six rows allow for 1/8.
    expect(fit.values).toEqual([1 / 8, 3 / 4])
    expect(applyIsotonic(fit, 0)).toBe(1 / 8)
    expect(applyIsotonic(fit, 1)).toBe(3 / 4)
    expect(applyIsotonic(fit, 0.425)).toBeCloseTo((1 / 8 + 3 / 4) / 2, 12)
  })

  it('never falls, and never leaves the range of its values', () => {
    fc.assert(
      fc.property(
        labelledScores,
        fc.array(fc.double({ min: -0.5, max: 1.5, noNaN: true }), { minLength: 2 }),
        (rows, asked) => {
          const fit = fitIsotonic(rows.labels, rows.scores)
          expect(fit.scores.every((score, i) => i === 0 || score > fit.scores[i - 1]!)).toBe(true)
          const values = asked.toSorted((a, b) => a - b).map((score) => applyIsotonic(fit, score))
          expect(values.every((value, i) => i === 0 || value >= values[i - 1]!)).toBe(true)
          expect(values.every((value) => value > 0 && value < 1)).toBe(true)
        },
      ),
    )
  })
})
