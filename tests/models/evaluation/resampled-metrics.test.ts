import fc from 'fast-check'
import {
  resampledClassificationMetrics,
  resampledRegressionMetrics,
} from '../../../models/evaluation/resampled-metrics.ts'
import { metricsOf } from '../../../models/evaluation/metrics.ts'
import { random, randomInteger } from '../../../models/random.ts'
import { labelledScores } from './labelled-scores.ts'

describe.each([
  ['classification', resampledClassificationMetrics],
  ['regression', resampledRegressionMetrics],
] as const)('%s', (kind, drawnMetrics) => {
  it('gives for a resample what metricsOf gives for its rows', () => {
    fc.assert(
      fc.property(labelledScores, fc.integer({ min: 0, max: 1000 }), ({ labels, scores }, seed) => {
        const next = random(seed)
        const rows = Int32Array.from(labels, () => randomInteger(next, labels.length))
        const times = new Uint32Array(labels.length)
        for (const row of rows) times[row]!++
        const drawn = drawnMetrics(labels, scores)(times)
        const expected = metricsOf(
          kind,
          Float64Array.from(rows, (row) => labels[row]!),
          Float64Array.from(rows, (row) => scores[row]!),
        )
        const defined = Object.keys(drawn).filter((name) => !Number.isNaN(drawn[name]))
        expect(defined).toEqual(Object.keys(expected))
        for (const name of defined) expect(drawn[name]).toBeCloseTo(expected[name]!, 9)
      }),
    )
  })
})
