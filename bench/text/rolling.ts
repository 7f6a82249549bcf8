import { rocAuc } from '../../models/evaluation/metrics.ts'
import type { Split } from '../../models/split.ts'

/**
 * Splits rows into parts of equal size in order of time; each part after the first `learned` is a test, with all rows
 * before it for training.
 */
export function rollingSplits(
  count: number,
  { parts, learned }: { readonly parts: number; readonly learned: number },
): Split[] {
  const rows = Int32Array.from({ length: count }, (_, row) => row)
  const start = (part: number) => Math.round((part * count) / parts)
  return Array.from({ length: parts - learned }, (_, place) => {
    const part = learned + place
    return { train: rows.slice(0, start(part)), test: rows.slice(start(part), start(part + 1)) }
  })
}

/**
 * Returns a function that computes the AUC over pairs within each part: scores of different models are not comparable.
 */
export function aucWithinParts(
  splits: readonly Split[],
  outcomes: Float64Array,
): (predictions: Float64Array, rows: Int32Array) => number {
  const partOf = new Int32Array(outcomes.length)
  splits.forEach(({ test }, part) => test.forEach((row) => (partOf[row] = part)))
  return (predictions, rows) => {
    let [right, pairs] = [0, 0]
    for (let part = 0; part < splits.length; part++) {
      const own = rows.filter((row) => partOf[row] === part)
      const labels = Float64Array.from(own, (row) => outcomes[row]!)
      const positives = labels.reduce((sum, one) => sum + one, 0)
      const count = positives * (own.length - positives)
      if (count === 0) continue
      const scores = Float64Array.from(own, (row) => predictions[row]!)
      right += count * rocAuc(labels, scores)
      pairs += count
    }
    return right / pairs
  }
}
