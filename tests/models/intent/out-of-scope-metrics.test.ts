import { bestProbabilities, outOfScopeMetrics } from '../../../models/intent/out-of-scope-metrics.ts'

test('recall, AUROC and the loss of known intents', () => {
  const best = Float64Array.of(0.9, 0.8, 0.3, 0.4, 0.2)
  const isNone = [false, false, false, true, true]
  expect(outOfScopeMetrics(best, isNone, 0.5)).toEqual({ knownLost: 1 / 3, noneCaught: 1, auroc: 5 / 6, noneTexts: 2 })
  expect(outOfScopeMetrics(best, isNone, 0)).toMatchObject({ knownLost: 0, noneCaught: 0 })
  const known = outOfScopeMetrics(best, [false, false, false, false, false], 0.5)
  expect(known).toEqual({ knownLost: 0.6, noneCaught: null, auroc: null, noneTexts: 0 })
})

test('the best of each row', () => {
  expect([...bestProbabilities(Float64Array.of(0.1, 0.9, 0.6, 0.4), 2)]).toEqual([0.9, 0.6])
})
