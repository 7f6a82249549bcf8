import { bootstrapInterval, type Interval } from '../../../models/evaluation/bootstrap.ts'
import { clustersOf } from '../../../models/evaluation/clusters.ts'
import { logLoss, rocAuc, rootMeanSquaredError } from '../../../models/evaluation/metrics.ts'
import type { GateRules } from '../../../processors/models/release-gate-setting.ts'
import type { LiveLabel } from '../../../store/models/kept-scores.ts'

/** How good the live scores of a model are on its newest labels, compared with what its gate allows. */
export interface LiveQuality {
  readonly labels: number
  readonly loss: Interval
  /** Its loss when it was released; `undefined` if unknown. */
  readonly releasedLoss: number | undefined
  /** `undefined` if all labels are the same, and for estimates. */
  readonly auc: Interval | undefined
  /** Which bound it does not keep, in words; `undefined` if it keeps all, or if there are too few labels. */
  readonly breach: string | undefined
}

const SEED = 1

/**
 * Judges a model by its live scores. A bound is broken only if the interval of the metric, by customer, lies beyond it,
 * so that a few unlucky labels take no model back.
 */
export function liveQuality(
  labelled: readonly LiveLabel[],
  metrics: Readonly<Record<string, number>>,
  rules: GateRules,
): LiveQuality {
  const isRate = metrics['logLoss'] === undefined && metrics['rmse'] !== undefined
  const releasedLoss = isRate ? metrics['rmse'] : metrics['logLoss']
  const labels = Float64Array.from(labelled, ({ label }) => label)
  const given = Float64Array.from(labelled, ({ probability }) => probability)
  const interval = (metric: (labels: Float64Array, scores: Float64Array) => number) =>
    bootstrapInterval(
      labels.length,
      (rows) =>
        metric(
          Float64Array.from(rows, (row) => labels[row]!),
          Float64Array.from(rows, (row) => given[row]!),
        ),
      { seed: SEED, confidence: rules.confidence, clusters: clustersOf(labelled.map(({ customerId }) => customerId)) },
    )
  const loss = interval(isRate ? rootMeanSquaredError : logLoss)
  const auc = isRate || new Set(labels).size < 2 ? undefined : interval(rocAuc)
  const quality = { labels: labels.length, loss, releasedLoss, auc }
  return { ...quality, breach: labels.length < rules.liveLabelsMin ? undefined : breachOf(quality, rules) }
}

function breachOf(
  { labels, loss, releasedLoss, auc }: Omit<LiveQuality, 'breach'>,
  { liveLossRiseMax, liveAucMin, confidence }: GateRules,
): string | undefined {
  const on = `on its ${labels} newest labels`
  if (liveLossRiseMax !== null && releasedLoss !== undefined && loss.lower > releasedLoss + liveLossRiseMax)
    return `loss ${loss.estimate.toFixed(4)} ${on} (at least ${loss.lower.toFixed(4)} with ${100 * confidence} % confidence), ${releasedLoss.toFixed(4)} when it was released, and at most ${liveLossRiseMax} more allowed`
  if (liveAucMin !== null && auc !== undefined && auc.upper < liveAucMin)
    return `AUC ${auc.estimate.toFixed(4)} ${on} (at most ${auc.upper.toFixed(4)} with ${100 * confidence} % confidence), and at least ${liveAucMin} required`
  return undefined
}
