import fc from 'fast-check'
import { POINTS_MAX, precisionRecallCurve, rocCurve } from '../../../models/evaluation/curves.ts'
import { averagePrecision, rocAuc } from '../../../models/evaluation/metrics.ts'
import { calibratedWorld, labelledScores } from './labelled-scores.ts'

const labels = Float64Array.of(1, 0, 1, 0)
const scores = Float64Array.of(0.9, 0.8, 0.7, 0.1)

const areaOf = (points: ReturnType<typeof rocCurve>) =>
  points.reduce((area, { falsePositiveRate, truePositiveRate }, i) => {
    const before = points[i - 1]
    if (before === undefined) return area
    return area + ((falsePositiveRate - before.falsePositiveRate) * (truePositiveRate + before.truePositiveRate)) / 2
  }, 0)

describe('rocCurve', () => {
  it('has a point a score', () => {
    expect(rocCurve(labels, scores)).toEqual([
      { threshold: null, falsePositiveRate: 0, truePositiveRate: 0 },
      { threshold: 0.9, falsePositiveRate: 0, truePositiveRate: 0.5 },
      { threshold: 0.8, falsePositiveRate: 0.5, truePositiveRate: 0.5 },
      { threshold: 0.7, falsePositiveRate: 0.5, truePositiveRate: 1 },
      { threshold: 0.1, falsePositiveRate: 1, truePositiveRate: 1 },
    ])
  })

  it('has one point for equal scores', () => {
    expect(rocCurve(Float64Array.of(1, 0), Float64Array.of(0.5, 0.5))).toEqual([
      { threshold: null, falsePositiveRate: 0, truePositiveRate: 0 },
      { threshold: 0.5, falsePositiveRate: 1, truePositiveRate: 1 },
    ])
  })

  it('encloses the area that rocAuc returns', () => {
    fc.assert(
      fc.property(labelledScores, (rows) => {
        const points = rocCurve(rows.labels, rows.scores)
        const auc = rocAuc(rows.labels, rows.scores)
        if (Number.isNaN(auc)) expect(points).toEqual([])
        else expect(areaOf(points)).toBeCloseTo(auc, 12)
      }),
    )
  })

  it('keeps both ends and almost all of the area when it is thinned', () => {
    const world = calibratedWorld(5000, 4)
    const points = rocCurve(world.labels, world.scores)
    expect(points.length).toBeLessThanOrEqual(POINTS_MAX)
    expect(points.length).toBeGreaterThan(POINTS_MAX * 0.9)
    expect(points[0]).toMatchObject({ falsePositiveRate: 0, truePositiveRate: 0 })
    expect(points.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 })
    expect(areaOf(points)).toBeCloseTo(rocAuc(world.labels, world.scores), 3)
  })
})

describe('precisionRecallCurve', () => {
  it('has a point a score', () => {
    expect(precisionRecallCurve(labels, scores)).toEqual([
      { threshold: 0.9, recall: 0.5, precision: 1 },
      { threshold: 0.8, recall: 0.5, precision: 0.5 },
      { threshold: 0.7, recall: 1, precision: 2 / 3 },
      { threshold: 0.1, recall: 1, precision: 0.5 },
    ])
  })

  it('steps over the area that averagePrecision returns', () => {
    fc.assert(
      fc.property(labelledScores, (rows) => {
        const points = precisionRecallCurve(rows.labels, rows.scores)
        const expected = averagePrecision(rows.labels, rows.scores)
        const area = points.reduce(
          (sum, { recall, precision }, i) => sum + (recall - (points[i - 1]?.recall ?? 0)) * precision,
          0,
        )
        if (Number.isNaN(expected)) expect(points).toEqual([])
        else expect(area).toBeCloseTo(expected, 12)
      }),
    )
  })

  it('keeps both ends when it is thinned, even if recall never moves', () => {
    const world = calibratedWorld(5000, 4)
    const points = precisionRecallCurve(world.labels, world.scores)
    expect(points.length).toBeLessThanOrEqual(POINTS_MAX)
    expect(points[0]!.threshold).toBe(Math.max(...world.scores))
    expect(points.at(-1)!.threshold).toBe(Math.min(...world.scores))
    const oneFirst = Float64Array.from({ length: 500 }, (_, row) => (row === 0 ? 1 : 0))
    const falling = Float64Array.from({ length: 500 }, (_, row) => 1 - row / 500)
    expect(precisionRecallCurve(oneFirst, falling)).toEqual([
      { threshold: 1, recall: 1, precision: 1 },
      { threshold: falling[499], recall: 1, precision: 1 / 500 },
    ])
  })
})
