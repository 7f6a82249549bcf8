import { selectionReport, type EvaluatedSelection } from '../../../models/evaluation/selection-report.ts'
import { random } from '../../../models/random.ts'

const options = { seed: 1, confidence: 0.95 }
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))

/**
 * A world in which a model is right above its threshold and far too low below it. A task acts above the threshold, and
 * on a share of the others; there is a label only where it acted. `everybody` has all labels, which nobody would know.
 */
function selectiveWorld(share: number, seed: number, count = 6_000) {
  const next = random(seed)
  const subjects = Array.from({ length: count }, (_, customer) => {
    const signal = 4 * next() - 2
    const truth = sigmoid(signal)
    const score = signal > 0.5 ? truth : truth / 4
    const propensity = score >= 0.6 ? 1 : share
    return { customer, score, propensity, label: next() < truth ? 1 : 0, acted: next() < propensity }
  })
  const rows = (of: typeof subjects): EvaluatedSelection => ({
    labels: Float64Array.from(of, ({ label }) => label),
    scores: Float64Array.from(of, ({ score }) => score),
    others: new Float64Array(of.length).fill(0.5),
    propensities: Float64Array.from(of, ({ propensity }) => propensity),
    actedMask: Uint8Array.from(of, ({ acted }) => (acted ? 1 : 0)),
    customers: Int32Array.from(of, ({ customer }) => customer),
  })
  const acted = subjects.filter((subject) => subject.acted)
  const everybody = rows(subjects.map((subject) => ({ ...subject, propensity: 1, acted: true })))
  return { seen: rows(acted), everybody, acted: acted.length }
}

const contains = ({ lower, upper }: { readonly lower: number; readonly upper: number }, value: number) =>
  lower <= value && value <= upper

const quantities = ['logLoss', 'brier', 'meanLabel', 'bias'] as const

test('in a selective world the unweighted figures are wrong, and the weighted ones are right', () => {
  const { seen, everybody, acted } = selectiveWorld(0.05, 3)
  const report = selectionReport('classification', seen, options)!
  const truth = selectionReport('classification', everybody, options)!
  expect(report).toMatchObject({ rows: acted, weighed: acted, unknown: 0, unreachable: 0, notActed: 0, clipped: 0 })
  for (const name of quantities) {
    const real = truth.metrics[name]!.unweighted.estimate
    const { unweighted, weighted } = report.metrics[name]!
    expect([name, contains(unweighted, real), contains(weighted, real)]).toEqual([name, false, true])
  }
  // Above its threshold the model beats a coin; for all subjects it does not.
  const { unweighted, weighted } = report.difference
  expect(unweighted.upper).toBeLessThan(0)
  expect(weighted.upper).toBeGreaterThan(0)
  expect(contains(weighted, truth.difference.unweighted.estimate)).toBe(true)
  expect(report.effectiveRows).toBeLessThan(acted)
})

test('propensities that are not those of the selection correct nothing', () => {
  const { seen, everybody } = selectiveWorld(0.05, 3)
  const report = selectionReport('classification', { ...seen, propensities: seen.propensities.map(() => 1) }, options)!
  const truth = selectionReport('classification', everybody, options)!
  expect(report.metrics['meanLabel']!.weighted).toEqual(report.metrics['meanLabel']!.unweighted)
  expect(contains(report.metrics['meanLabel']!.weighted, truth.metrics['meanLabel']!.unweighted.estimate)).toBe(false)
})

test('the weighted interval covers the truth about as often as it says', () => {
  const covered = Array.from({ length: 40 }, (_, seed) => {
    const { seen, everybody } = selectiveWorld(0.2, seed + 10, 1_500)
    const truth = everybody.labels.reduce((sum, label) => sum + label, 0) / everybody.labels.length
    return contains(selectionReport('classification', seen, options)!.metrics['meanLabel']!.weighted, truth)
  }).filter(Boolean).length
  expect(covered).toBeGreaterThanOrEqual(35)
})

const rows = (changes: Partial<EvaluatedSelection> = {}): EvaluatedSelection => ({
  labels: Float64Array.of(1, 0, 1, 0),
  scores: Float64Array.of(0.5, 0.5, 0.75, 0.25),
  others: Float64Array.of(0.5, 0.5, 0.5, 0.5),
  propensities: Float64Array.of(1, 0.5, 0.25, 0.005),
  actedMask: Uint8Array.of(1, 1, 1, 1),
  ...changes,
})

test('by hand: weights, their limit, and the effective number of rows', () => {
  const report = selectionReport('regression', rows(), options)!
  // Weights 1, 2, 4 and 200, which is cut to 100.
  expect(report).toMatchObject({ rows: 4, weighed: 4, explored: 3, weightMax: 100, clipped: 1 })
  expect(report.effectiveRows).toBeCloseTo(107 ** 2 / (1 + 4 + 16 + 10_000), 12)
  expect(report.metrics['meanLabel']!.unweighted.estimate).toBe(0.5)
  expect(report.metrics['meanLabel']!.weighted.estimate).toBeCloseTo(5 / 107, 12)
  expect(report.metrics['squaredError']!.weighted.estimate).toBeCloseTo((3 * 0.25 + 104 * 0.0625) / 107, 12)
  expect(report.difference.weighted.estimate).toBeCloseTo((104 * (0.0625 - 0.25)) / 107, 12)
})

test('rows that say nothing about the selection are counted by kind, and left out', () => {
  const report = selectionReport(
    'regression',
    rows({ propensities: Float64Array.of(NaN, 0, 0.25, 1), actedMask: Uint8Array.of(0, 0, 0, 1) }),
    options,
  )!
  expect(report).toMatchObject({ rows: 4, unknown: 1, unreachable: 1, notActed: 1, weighed: 1, explored: 0 })
  expect(report.metrics['meanLabel']!.weighted.estimate).toBe(0)
})

test('without a row that was acted on there is nothing to weigh', () => {
  expect(selectionReport('regression', rows({ actedMask: new Uint8Array(4) }), options)).toBeUndefined()
  const unknown = new Float64Array(4).fill(NaN)
  expect(selectionReport('regression', rows({ propensities: unknown }), options)).toBeUndefined()
})
