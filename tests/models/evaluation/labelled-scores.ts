import fc from 'fast-check'
import { random } from '../../../models/random.ts'

export interface LabelledScores {
  readonly labels: Float64Array
  readonly scores: Float64Array
}

/** Few distinct scores, so that there are ties. */
export const labelledScores: fc.Arbitrary<LabelledScores> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 8 })), { minLength: 1, maxLength: 60 })
  .map((rows) => ({
    labels: Float64Array.from(rows, ([label]) => label),
    scores: Float64Array.from(rows, ([, score]) => score / 8),
  }))

/** Returns calibrated scores: a label is 1 with the probability that its score states. */
export function calibratedWorld(count: number, seed: number): LabelledScores {
  const next = random(seed)
  const scores = Float64Array.from({ length: count }, () => next() ** 2)
  return { scores, labels: scores.map((score) => (next() < score ? 1 : 0)) }
}
