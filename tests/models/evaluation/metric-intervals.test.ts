import { metricIntervals } from '../../../models/evaluation/metric-intervals.ts'
import { metricsOf } from '../../../models/evaluation/metrics.ts'
import { random } from '../../../models/random.ts'
import { calibratedWorld } from './labelled-scores.ts'

describe('metricIntervals', () => {
  it('covers the true AUC about as often as promised', () => {
    const next = random(8)
    // Scores uniform on 0.25 to 1 and on 0 to 0.75: a negative is ranked higher in half the square of the overlap.
    const truth = 1 - 0.5 ** 2 / 2 / 0.75 ** 2
    let covered = 0
    for (let world = 0; world < 150; world++) {
      const labels = Float64Array.from({ length: 150 }, () => (next() < 0.4 ? 1 : 0))
      const scores = labels.map((label) => 0.75 * next() + 0.25 * label)
      const { auc } = metricIntervals('classification', labels, scores, { seed: world })
      if (auc!.lower <= truth && truth <= auc!.upper) covered++
    }
    expect(covered / 150).toBeGreaterThan(0.88)
    expect(covered / 150).toBeLessThan(0.995)
  })

  it('covers the true error of estimates', () => {
    const next = random(9)
    let covered = 0
    for (let world = 0; world < 150; world++) {
      const labels = Float64Array.from({ length: 120 }, () => 10 * next())
      const estimates = labels.map((label) => label + 2 * next() - 1)
      const { mae } = metricIntervals('regression', labels, estimates, { seed: world })
      if (mae!.lower <= 0.5 && 0.5 <= mae!.upper) covered++
    }
    expect(covered / 150).toBeGreaterThan(0.88)
  })

  it('contains every estimate, which is that of metricsOf', () => {
    const { labels, scores } = calibratedWorld(800, 3)
    const intervals = metricIntervals('classification', labels, scores, { seed: 5, draws: 100 })
    expect(Object.fromEntries(Object.entries(intervals).map(([name, { estimate }]) => [name, estimate]))).toEqual(
      metricsOf('classification', labels, scores),
    )
    for (const { estimate, lower, upper } of Object.values(intervals))
      expect(lower <= estimate && estimate <= upper).toBe(true)
    // The scores are calibrated, so an error of 0 is in the interval or close to it.
    expect(intervals.calibrationError!.lower).toBeLessThan(0.01)
  })

  it('returns the same intervals for the same seed, and wider ones for more confidence', () => {
    const { labels, scores } = calibratedWorld(300, 3)
    const first = metricIntervals('classification', labels, scores, { seed: 1 })
    expect(metricIntervals('classification', labels, scores, { seed: 1 })).toEqual(first)
    expect(metricIntervals('classification', labels, scores, { seed: 2 })).not.toEqual(first)
    const surer = metricIntervals('classification', labels, scores, { seed: 1, confidence: 0.99 })
    expect(surer.auc!.lower).toBeLessThan(first.auc!.lower)
    expect(surer.auc!.upper).toBeGreaterThan(first.auc!.upper)
  })
})
