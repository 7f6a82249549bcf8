import type { Dataset } from '../../../models/model.ts'

/** Enough rows to see it. */
const ROWS_MAX = 20_000
const ROWS_MIN = 20
/** Fewer rows of the rarer classes are told by chance. */
const OTHERS_MIN = 5
/** A feature that tells so large a share right is most likely made of what is to be learned. */
const SHARE_MIN = 0.999
/** Of one with more different values than that share of the rows each may tell its row by chance. */
const VALUES_SHARE_MAX = 0.1

/** Names of features each of which alone tells the label in nearly every row, as a copy of it would. */
export function giveaways(data: Dataset, kind: 'classification' | 'regression'): string[] {
  const { count, width, rows, labels, featureNames } = data
  if (count < ROWS_MIN || new Set(labels).size < 2) return []
  const step = Math.ceil(count / ROWS_MAX)
  const places = Array.from({ length: Math.floor(count / step) }, (_, one) => one * step)
  const own = Float64Array.from(places, (row) => labels[row]!)
  const tells = kind === 'regression' ? followsLine : tellsClasses
  return featureNames.filter((_, feature) =>
    tells(
      Float64Array.from(places, (row) => rows[row * width + feature]!),
      own,
    ),
  )
}

export function giveawayWords(name: string, target: string): string {
  return `${name} alone tells ${target} in nearly every training row: was it known at the moment of scoring? If not, leave it out with --drop.`
}

/** Whether the label is a line of the feature. */
function followsLine(values: Float64Array, labels: Float64Array): boolean {
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

/** Whether each value has its class, or one bound parts two classes. */
function tellsClasses(values: Float64Array, labels: Float64Array): boolean {
  const byValue = new Map<number, Map<number, number>>()
  values.forEach((value, row) => {
    const counts = byValue.get(value) ?? new Map<number, number>()
    byValue.set(value, counts.set(labels[row]!, (counts.get(labels[row]!) ?? 0) + 1))
  })
  if (byValue.size <= VALUES_SHARE_MAX * values.length) {
    const right = [...byValue.values()].reduce((sum, counts) => sum + Math.max(...counts.values()), 0)
    const most = Math.max(...countsOf(labels).values())
    if (values.length - most < OTHERS_MIN) return false
    // A constant feature tells as much as it tells of a class that nearly all rows have.
    return right >= values.length - (1 - SHARE_MIN) * (values.length - most)
  }
  return new Set(labels).size === 2 && isParted(values, labels)
}

function countsOf(labels: Float64Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

/** Rows below a bound have one label, those above it the other; with at least ten of either. */
function isParted(values: Float64Array, labels: Float64Array): boolean {
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
