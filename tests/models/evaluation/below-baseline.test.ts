import { belowBaseline } from '../../../models/evaluation/below-baseline.ts'
import { evaluate } from '../../../models/evaluation/evaluate.ts'
import { calibratedWorld } from './labelled-scores.ts'

const { labels, scores } = calibratedWorld(2000, 1)
const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length
const said = (given: Float64Array) =>
  belowBaseline(evaluate('classification', labels, given, { baselineScore: mean, seed: 1 }))

test('a model that is better than its baseline gets no warning', () => {
  expect(said(scores)).toBeUndefined()
})

test('a model that ranks in reverse is reported, and that its loss exceeds that of the mean', () => {
  const words = said(scores.map((score) => 1 - score))
  expect(words).toMatch(/^The model should not be used as it is: on the 2000 test rows /)
  expect(words).toMatch(/it ranks worse than chance \(AUC 0\.\d{4}, 0\.\d{4} to 0\.[0-4]\d{3}\)/)
  expect(words).toMatch(/it is worse than the baseline \(log loss \d\.\d{4}, .*; baseline 0\.\d{4}\)/)
})

test('a model that is too sure of itself is below its baseline, however well it ranks', () => {
  const words = said(scores.map((score) => (score > mean ? 1 - 1e-6 : 1e-6)))
  expect(words).toContain('worse than the baseline')
  expect(words).not.toContain('chance')
})

test('a model that always predicts the mean is no better', () => {
  expect(said(new Float64Array(labels.length).fill(mean))).toContain('it is no better than the baseline')
})

test('estimates are compared by their root mean squared error', () => {
  const rates = Float64Array.from({ length: 200 }, (_, row) => row % 10)
  const options = { baselineScore: 4.5, seed: 1 }
  expect(
    belowBaseline(
      evaluate(
        'regression',
        rates,
        rates.map((rate) => rate + 1),
        options,
      ),
    ),
  ).toBeUndefined()
  const turned = rates.map((rate) => 9 - rate)
  expect(belowBaseline(evaluate('regression', rates, turned, options))).toContain('root mean squared error')
})
