import fc from 'fast-check'
import {
  bestThreshold,
  evaluateLabelSets,
  labelSetLosses,
  labelSetMetrics,
} from '../../../models/evaluation/label-sets-evaluation.ts'

const scored = {
  labels: Uint8Array.of(1, 0, 1, 1, 0, 0),
  probabilities: Float64Array.of(0.9, 0.2, 0.8, 0.3, 0.6, 0.1),
  thresholds: [0.5, 0.25],
}

test('F1 over all labels and over each, rows that are wholly right, and the loss', () => {
  const metrics = labelSetMetrics(scored, 1)
  // Label a: two true, three predicted, two correct; label b: one true, one predicted, one correct.
  expect(metrics['microF1']!.estimate).toBeCloseTo(6 / 7, 12)
  expect(metrics['macroF1']!.estimate).toBeCloseTo((4 / 5 + 1) / 2, 12)
  expect(metrics['exactMatch']!.estimate).toBeCloseTo(2 / 3, 12)
  const losses = labelSetLosses(scored)
  expect(losses[0]).toBeCloseTo(-(Math.log(0.9) + Math.log(0.8)) / 2, 12)
  expect(metrics['logLoss']!.estimate).toBeCloseTo((losses[0]! + losses[1]! + losses[2]!) / 3, 12)
  const { classes } = evaluateLabelSets(scored, ['a', 'b'], metrics, metrics)
  expect(classes).toMatchObject([
    { name: 'a', rows: 2, answered: 3, precision: 2 / 3, recall: 1, auc: 1 },
    { name: 'b', rows: 1, answered: 1, f1: 1 },
  ])
})

test('no other threshold gives a label a better F1', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 20 })), { minLength: 1 }), (rows) => {
      const isThere = rows.map(([there]) => Number(there))
      const probabilities = Float64Array.from(rows, ([, tenths]) => tenths / 20)
      const f1 = (threshold: number) => {
        const given = probabilities.filter((one) => one >= threshold).length
        const right = isThere.filter((one, row) => one === 1 && probabilities[row]! >= threshold).length
        return (2 * right) / Math.max(1, given + isThere.reduce((sum, one) => sum + one, 0))
      }
      const found = f1(bestThreshold(isThere, probabilities))
      for (const threshold of [0, ...probabilities]) expect(found).toBeGreaterThanOrEqual(f1(threshold) - 1e-12)
    }),
  )
  expect(bestThreshold([0, 0], Float64Array.of(0.9, 0.1))).toBe(0.5)
})
