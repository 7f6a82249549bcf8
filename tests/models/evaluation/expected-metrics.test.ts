import fc from 'fast-check'
import { expectedAuc, expectedLogLoss } from '../../../models/evaluation/expected-metrics.ts'
import { logLoss, rocAuc } from '../../../models/evaluation/metrics.ts'
import { random } from '../../../models/random.ts'

test('both are what labels drawn with these probabilities give in the mean', () => {
  const next = random(1)
  const probabilities = Float64Array.from({ length: 300 }, () => Math.round(next() * 20) / 20)
  const draws = Array.from({ length: 300 }, () => probabilities.map((p) => (next() < p ? 1 : 0)))
  const mean = (metric: (labels: Float64Array, scores: Float64Array) => number) =>
    draws.reduce((sum, labels) => sum + metric(labels, probabilities), 0) / draws.length
  expect(expectedLogLoss(probabilities)).toBeCloseTo(mean(logLoss), 2)
  expect(expectedAuc(probabilities)).toBeCloseTo(mean(rocAuc), 2)
})

test('certain scores lose nothing, and equal ones order nothing', () => {
  expect(expectedLogLoss(Float64Array.of(0, 1, 1))).toBe(0)
  expect(expectedAuc(Float64Array.of(0, 1, 1))).toBe(1)
  expect(expectedLogLoss(Float64Array.of(0.5, 0.5))).toBeCloseTo(Math.LN2)
  expect(expectedAuc(Float64Array.of(0.3, 0.3, 0.3))).toBeCloseTo(0.5)
  expect(expectedAuc(Float64Array.of(0.7))).toBeNaN()
  expect(expectedAuc(Float64Array.of(1, 1))).toBeNaN()
  expect(expectedLogLoss(new Float64Array())).toBeNaN()
})

test('the expected AUC is that of all pairs', () => {
  const probability = fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8)
  fc.assert(
    fc.property(fc.array(probability, { minLength: 2, maxLength: 20 }), (list) => {
      let [inOrder, pairs] = [0, 0]
      for (const [i, p] of list.entries())
        for (const [j, q] of list.entries())
          if (i !== j) {
            const weight = p * (1 - q)
            pairs += weight
            inOrder += weight * (p > q ? 1 : p === q ? 0.5 : 0)
          }
      const auc = expectedAuc(Float64Array.from(list))
      if (pairs === 0) expect(auc).toBeNaN()
      else expect(auc).toBeCloseTo(inOrder / pairs, 9)
    }),
  )
})
