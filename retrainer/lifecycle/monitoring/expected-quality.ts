import { expectedAuc, expectedLogLoss } from '../../../models/evaluation/expected-metrics.ts'
import { logLoss, rocAuc } from '../../../models/evaluation/metrics.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import type { LiveLabel } from '../../../store/models/kept-scores.ts'

/** A metric that scores lead to expect before their labels are known. */
export interface Expected {
  readonly value: number | null
  /** Root mean square of expected minus measured in earlier weeks; null with fewer than two of them. */
  readonly error: number | null
}

export interface ExpectedQuality {
  readonly loss: Expected
  readonly auc: Expected
}

const WEEK_MS = 7 * DAY_MS
/** Labels of a week from which its metrics count. */
const WEEK_LABELS_MIN = 30
const WEEKS_MIN = 2

/**
 * Expects log loss and AUC of probabilities whose labels are not known, and tells how wrong the same was for earlier
 * weeks of labelled live scores.
 */
export function expectedQuality(recent: Float64Array, labelled: readonly LiveLabel[]): ExpectedQuality {
  const weeks = [...Map.groupBy(labelled, ({ at }) => Math.floor(at.getTime() / WEEK_MS)).values()]
    .filter((week) => week.length >= WEEK_LABELS_MIN)
    .map((week) => ({
      labels: Float64Array.from(week, ({ label }) => label),
      scores: Float64Array.from(week, ({ probability }) => probability),
    }))
  const expected = (of: (scores: Float64Array) => number, measure: typeof rocAuc): Expected => {
    const errors = weeks
      .map(({ labels, scores }) => of(scores) - measure(labels, scores))
      .filter((error) => Number.isFinite(error))
    const meanSquare = errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length
    return { value: known(of(recent)), error: errors.length < WEEKS_MIN ? null : Math.sqrt(meanSquare) }
  }
  return { loss: expected(expectedLogLoss, logLoss), auc: expected(expectedAuc, rocAuc) }
}

/** Returns null for a number that is not known. */
export function known(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value
}
