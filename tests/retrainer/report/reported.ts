import { evaluate } from '../../../models/evaluation/evaluate.ts'
import type { Evaluation } from '../../../models/evaluation/evaluation.ts'
import type { PartialDependence } from '../../../models/evaluation/partial-dependence.ts'
import { random } from '../../../models/random.ts'
import type { ReportedModel } from '../../../retrainer/report/reported-model.ts'

const NUMBERS: PartialDependence = {
  feature: 'balance',
  kind: 'number',
  points: [10, 250, 900, 4000].map((value, i) => ({ value, name: null, meanScore: 0.1 + 0.03 * i })),
}

const CATEGORIES: PartialDependence = {
  feature: 'occupation',
  kind: 'category',
  points: ['retired', 'employed in a very long-winded position', 'student'].map((name, value) => ({
    value,
    name,
    meanScore: 0.3 - 0.1 * value,
  })),
}

export const reportedModel: ReportedModel = {
  title: 'Term deposits, gradient boosting',
  task: 'term-deposit',
  algorithm: 'gbm',
  trainedRows: 30_000,
  testRows: 2000,
  split: 'The newest quarter of the rows by time.',
  excluded: ['duration: known only after the call'],
  notes: ['Calibrated by isotonic regression.'],
  importance: Array.from({ length: 25 }, (_, i) => ({ name: `column ${i}`, share: (25 - i) / 325 })),
  partialDependence: [NUMBERS, CATEGORIES],
  comparison: [
    { name: 'gbm', isChosen: true, metrics: { auc: { estimate: 0.81, lower: 0.79, upper: 0.83 }, logLoss: 0.28 } },
    { name: 'logistic', isChosen: false, metrics: { auc: 0.77 }, note: 'faster' },
  ],
}

export function classificationEvaluation(): Evaluation {
  const next = random(1)
  const scores = Float64Array.from({ length: 2000 }, () => next() ** 3)
  const labels = scores.map((score) => (next() < score ? 1 : 0))
  const groups = [...scores.keys()].map((row) => ['young', 'old', 'unknown'][row % 3]!)
  return evaluate('classification', labels, scores, {
    baselineScore: 0.26,
    seed: 1,
    draws: 60,
    groups: [{ attribute: 'age band', groups }],
  })
}

export function regressionEvaluation(): Evaluation {
  const next = random(2)
  const estimates = Float64Array.from({ length: 500 }, () => 100 * next())
  const labels = estimates.map((estimate) => estimate + 20 * (next() - 0.5))
  const groups = [...labels.keys()].map((row) => (row % 2 === 0 ? 'even' : 'odd'))
  return evaluate('regression', labels, estimates, {
    baselineScore: 50,
    seed: 1,
    draws: 60,
    groups: [{ attribute: 'half', groups }],
  })
}
