import { rocAuc } from '../evaluation/metrics.ts'

/** Metrics of how well texts without an intent are distinguished from the others. */
export interface OutOfScopeMetrics {
  /** Share of the texts with an intent that are classified as none. */
  readonly knownLost: number
  /** Recall: share of the texts without an intent that are found; `null` if there are none. */
  readonly noneCaught: number | null
  /** ROC AUC of one minus the best intent's probability; `null` if there are no texts without an intent. */
  readonly auroc: number | null
  readonly noneTexts: number
}

/** Computes the metrics. `best` is the probability of each text's best intent; below the threshold a text has none. */
export function outOfScopeMetrics(
  best: Float64Array,
  isOutOfScope: readonly boolean[],
  threshold: number,
): OutOfScopeMetrics {
  const noneTexts = isOutOfScope.filter(Boolean).length
  const shareBelow = (none: boolean) => {
    const own = best.filter((_, row) => isOutOfScope[row] === none)
    return own.length === 0 ? null : own.filter((one) => one < threshold).length / own.length
  }
  const area = rocAuc(
    Float64Array.from(isOutOfScope, Number),
    best.map((one) => -one),
  )
  return {
    knownLost: shareBelow(false) ?? 0,
    noneCaught: shareBelow(true),
    auroc: Number.isNaN(area) ? null : area,
    noneTexts,
  }
}

/** Returns the largest probability of each row of [rows × intents]. */
export function bestProbabilities(probabilities: Float64Array, intents: number): Float64Array {
  return Float64Array.from({ length: probabilities.length / intents }, (_, row) =>
    probabilities.subarray(row * intents, (row + 1) * intents).reduce((most, one) => Math.max(most, one), 0),
  )
}
