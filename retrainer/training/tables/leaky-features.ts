import type { Dataset } from '../../../models/model.ts'

/** Maximum and minimum number of rows to examine. */
const ROWS_MAX = 20_000
const ROWS_MIN = 20
/** With fewer rows outside the most frequent class, a perfect prediction may be chance. */
const OTHERS_MIN = 5
/** A feature that predicts at least this share correctly probably leaks the label. */
const SHARE_MIN = 0.999
/**
 * Maximum number of distinct values, as a share of the rows, for prediction by value: beyond it, values may identify
 * rows by chance.
 */
const VALUES_SHARE_MAX = 0.1

/** Returns the names of features that leak the label: each predicts it alone in nearly every row, as a copy would. */
export function leakyFeatures(data: Dataset, kind: 'classification' | 'regression'): string[] {
  const { count, width, rows, labels, featureNames } = data
  if (count < ROWS_MIN || new Set(labels).size < 2) return []
  const step = Math.ceil(count / ROWS_MAX)
  const places = Array.from({ length: Math.floor(count / step) }, (_, one) => one * step)
  const own = Float64Array.from(places, (row) => labels[row]!)
  const predicts = kind === 'regression' ? isCollinear : predictsClasses
  return featureNames.filter((_, feature) =>
    predicts(
      Float64Array.from(places, (row) => rows[row * width + feature]!),
      own,
    ),
  )
}

export function leakageNote(name: string, target: string): string {
  return `${name} alone tells ${target} in nearly every training row: was it known at the moment of scoring? If not, leave it out with --drop.`
}

/** Returns whether the label is a linear function of the feature. */
function isCollinear(values: Float64Array, labels: Float64Array): boolean {
  const known = [...values.keys()].filter((row) => Number.isFinite(values[row]))
  if (known.length < 0.9 * values.length) return false
  const mean = (of: Float64Array) => known.reduce((sum, row) => sum + of[row]!, 0) / known.length
  const [x, y] = [mean(values), mean(labels)]
  let [xx, yy, xy] = [0, 0, 0]
  for (const row of known) {
    xx += (values[row]! - x) ** 2
    yy += (labels[row]! - y) ** 2
    xy += (values[row]! - x) * (labels[row]! - y)
  }
  return xx > 0 && yy > 0 && xy ** 2 / (xx * yy) > SHARE_MIN
}

/** Returns whether each value determines its class, or a single threshold separates two classes. */
function predictsClasses(values: Float64Array, labels: Float64Array): boolean {
  const byValue = new Map<number, Map<number, number>>()
  values.forEach((value, row) => {
    const counts = byValue.get(value) ?? new Map<number, number>()
    byValue.set(value, counts.set(labels[row]!, (counts.get(labels[row]!) ?? 0) + 1))
  })
  if (byValue.size <= VALUES_SHARE_MAX * values.length) {
    const right = [...byValue.values()].reduce((sum, counts) => sum + Math.max(...counts.values()), 0)
    const most = Math.max(...countsOf(labels).values())
    if (values.length - most < OTHERS_MIN) return false
    // Counted against the rows outside the most frequent class, since a constant already predicts that class.
    return right >= values.length - (1 - SHARE_MIN) * (values.length - most)
  }
  return new Set(labels).size === 2 && isSeparable(values, labels)
}

function countsOf(labels: Float64Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

/** Returns whether a threshold separates the two labels, with at least ten rows of each. */
function isSeparable(values: Float64Array, labels: Float64Array): boolean {
  const order = [...values.keys()].filter((row) => Number.isFinite(values[row])).sort((a, b) => values[a]! - values[b]!)
  const positives = order.reduce((sum, row) => sum + labels[row]!, 0)
  const least = Math.min(positives, order.length - positives)
  if (order.length < 0.9 * values.length || least < 10) return false
  let [below, best] = [0, Infinity]
  order.forEach((row, place) => {
    below += labels[row]!
    const wrong = below + (order.length - place - 1 - (positives - below))
    best = Math.min(best, wrong, order.length - wrong)
  })
  return best <= (1 - SHARE_MIN) * least
}
