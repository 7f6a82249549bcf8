import fc from 'fast-check'
import { evaluate } from '../../../models/evaluation/evaluate.ts'
import { metricsOf } from '../../../models/evaluation/metrics.ts'
import { calibratedWorld, labelledScores } from './labelled-scores.ts'

describe('evaluate', () => {
  it('collects the metrics of classes', () => {
    const { labels, scores } = calibratedWorld(1000, 1)
    const evaluation = evaluate('classification', labels, scores, {
      baselineScore: 0.3,
      seed: 1,
      groups: [{ attribute: 'half', groups: [...labels.keys()].map((row) => (row % 2 === 0 ? 'even' : 'odd')) }],
    })
    if (evaluation.kind !== 'classification') throw new Error('not of classes')
    expect(evaluation).toMatchObject({ rows: 1000, baselineScore: 0.3, draws: 200, confidence: 0.95 })
    const baseline = metricsOf('classification', labels, new Float64Array(1000).fill(0.3))
    for (const metric of evaluation.metrics) expect(metric.baseline).toBe(baseline[metric.name])
    expect(evaluation.metrics.find(({ name }) => name === 'auc')!.baseline).toBe(0.5)
    expect(evaluation.roc.length).toBeGreaterThan(100)
    expect(evaluation.precisionRecall.length).toBeGreaterThan(100)
    expect(evaluation.lift).toHaveLength(10)
    expect(evaluation.calibration).toHaveLength(10)
    expect(evaluation.groups[0]!.groups).toHaveLength(2)
    expect(evaluation.groups[0]!.threshold).toBe(0.5)
  })

  it('collects the metrics of estimates', () => {
    const labels = Float64Array.from({ length: 300 }, (_, row) => row)
    const estimates = labels.map((label) => label + 10 * Math.sin(label))
    const evaluation = evaluate('regression', labels, estimates, { baselineScore: 149.5, seed: 1, draws: 50 })
    if (evaluation.kind !== 'regression') throw new Error('not of estimates')
    expect(evaluation.metrics.map(({ name }) => name)).toEqual(['rmse', 'mae', 'rSquared'])
    expect(evaluation.metrics[2]!.baseline).toBeCloseTo(0, 12)
    expect(evaluation.residuals).toHaveLength(9)
    expect(evaluation.estimates).toHaveLength(10)
    expect(evaluation.draws).toBe(50)
  })

  it('is plain JSON, whatever the rows', () => {
    fc.assert(
      fc.property(
        labelledScores,
        fc.constantFrom('classification' as const, 'regression' as const),
        ({ labels, scores }, kind) => {
          const groups = [{ attribute: 'label', groups: Array.from(labels, String) }]
          const evaluation = evaluate(kind, labels, scores, { baselineScore: 0.4, seed: 1, draws: 20, groups })
          expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation)
        },
      ),
    )
  })

  it('reports errors in the rows', () => {
    const options = { baselineScore: 0.5, seed: 1 }
    const none = new Float64Array(0)
    expect(() => evaluate('classification', none, none, options)).toThrow('no rows to evaluate on')
    expect(() => evaluate('classification', Float64Array.of(1), Float64Array.of(0.1, 0.2), options)).toThrow(
      '1 labels and 2 scores',
    )
    expect(() => evaluate('classification', Float64Array.of(1), Float64Array.of(Number.NaN), options)).toThrow('Row 0')
  })
})
