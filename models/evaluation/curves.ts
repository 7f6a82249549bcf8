import { rankRows } from './ranked-rows.ts'

/** Maximum number of points of a curve to draw. */
export const POINTS_MAX = 200

export interface RocPoint {
  /** Rows with at least this score are predicted positive; `null` if none is. */
  readonly threshold: number | null
  readonly falsePositiveRate: number
  readonly truePositiveRate: number
}

export interface PrecisionRecallPoint {
  readonly threshold: number
  readonly recall: number
  readonly precision: number
}

interface ThresholdCounts {
  readonly threshold: number
  readonly positives: number
  readonly negatives: number
}

/**
 * Returns the ROC curve from (0, 0) to (1, 1), with a point per distinct score, thinned to equal steps along the curve.
 * Empty for rows of a single class, where it is undefined.
 */
export function rocCurve(labels: Float64Array, scores: Float64Array, pointsMax = POINTS_MAX): readonly RocPoint[] {
  const counts = countsByThreshold(labels, scores)
  const all = counts.at(-1)
  if (all === undefined || all.positives === 0 || all.negatives === 0) return []
  const points: RocPoint[] = [{ threshold: null, falsePositiveRate: 0, truePositiveRate: 0 }]
  for (const { threshold, positives, negatives } of counts)
    points.push({
      threshold,
      falsePositiveRate: negatives / all.negatives,
      truePositiveRate: positives / all.positives,
    })
  return thinned(points, ({ falsePositiveRate, truePositiveRate }) => falsePositiveRate + truePositiveRate, pointsMax)
}

/**
 * Returns precision against recall, best scores first, thinned to equal steps of recall. Empty without positives, where
 * it is undefined.
 */
export function precisionRecallCurve(
  labels: Float64Array,
  scores: Float64Array,
  pointsMax = POINTS_MAX,
): readonly PrecisionRecallPoint[] {
  const counts = countsByThreshold(labels, scores)
  const all = counts.at(-1)
  if (all === undefined || all.positives === 0) return []
  const points = counts.map(({ threshold, positives, negatives }) => ({
    threshold,
    recall: positives / all.positives,
    precision: positives / (positives + negatives),
  }))
  return thinned(points, ({ recall }) => recall, pointsMax)
}

/** Counts the rows of each class that score at least as high as each distinct score, best score first. */
function countsByThreshold(labels: Float64Array, scores: Float64Array): ThresholdCounts[] {
  const ranked = rankRows(labels, scores)
  const counts: ThresholdCounts[] = []
  let positives = 0
  for (let rank = 0; rank < ranked.count; rank++) {
    positives += ranked.labels[rank]!
    if (ranked.ends[rank] === 1)
      counts.push({ threshold: ranked.scores[rank]!, positives, negatives: rank + 1 - positives })
  }
  return counts
}

/**
 * Keeps the first point in each of `pointsMax` − 1 equal steps of progress, which must not fall, and the last point.
 */
function thinned<Point>(
  points: readonly Point[],
  progressOf: (point: Point) => number,
  pointsMax: number,
): readonly Point[] {
  if (points.length <= pointsMax) return points
  const start = progressOf(points[0]!)
  const length = progressOf(points.at(-1)!) - start
  let last = -1
  return points.filter((point, i) => {
    const share = length > 0 ? (progressOf(point) - start) / length : 0
    const step = Math.min(Math.floor(share * (pointsMax - 1)), pointsMax - 2)
    const keep = i + 1 === points.length || step > last
    last = step
    return keep
  })
}
