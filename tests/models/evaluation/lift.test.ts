import fc from 'fast-check'
import { liftByPart } from '../../../models/evaluation/lift.ts'
import { labelledScores } from './labelled-scores.ts'

describe('liftByPart', () => {
  it('counts by hand', () => {
    const labels = Float64Array.of(1, 1, 0, 1, 0, 0, 0, 0, 1, 0)
    const scores = Float64Array.of(1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
    const parts = liftByPart(labels, scores, 5)
    expect(parts.map(({ part, count, positives }) => [part, count, positives])).toEqual([
      [1, 2, 2],
      [2, 2, 1],
      [3, 2, 0],
      [4, 2, 0],
      [5, 2, 1],
    ])
    expect(parts.map(({ lift }) => lift)).toEqual([2.5, 1.25, 0, 0, 1.25])
    expect(parts.map(({ cumulativeGain }) => cumulativeGain)).toEqual([0.5, 0.75, 0.75, 0.75, 1])
    expect(parts.map(({ cumulativeLift }) => cumulativeLift)).toEqual([2.5, 1.875, 1.25, 0.9375, 1])
    expect(parts[1]!.meanScore).toBeCloseTo(0.75, 12)
    expect(parts[1]!.positiveRate).toBe(0.5)
  })

  it('has a lift of 1 throughout for scores that say nothing, in whatever order the rows are', () => {
    const labels = Float64Array.from({ length: 50 }, (_, row) => (row < 10 ? 1 : 0))
    for (const { lift, positives } of liftByPart(labels, new Float64Array(50).fill(0.2))) {
      expect(lift).toBeCloseTo(1, 12)
      expect(positives).toBeCloseTo(1, 12)
    }
  })

  it('is empty without positives', () => {
    expect(liftByPart(new Float64Array(4), Float64Array.of(0.1, 0.2, 0.3, 0.4))).toEqual([])
  })

  it('holds every row and every positive once, and gains all in the end', () => {
    fc.assert(
      fc.property(labelledScores, ({ labels, scores }) => {
        const parts = liftByPart(labels, scores)
        const all = labels.reduce((sum, label) => sum + label, 0)
        if (all === 0) return
        expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(labels.length)
        expect(parts.reduce((sum, { positives }) => sum + positives, 0)).toBeCloseTo(all, 9)
        expect(parts.at(-1)!.cumulativeGain).toBeCloseTo(1, 9)
        expect(parts.at(-1)!.cumulativeLift).toBeCloseTo(1, 9)
        expect(parts.every(({ meanScore }, i) => i === 0 || meanScore <= parts[i - 1]!.meanScore + 1e-12)).toBe(true)
      }),
    )
  })
})
