import type { EvaluatedMetric, Evaluation } from './evaluation.ts'

const LOSSES: Readonly<Record<string, string>> = { logLoss: 'log loss', rmse: 'root mean squared error' }

/** Relative difference below which losses count as equal. */
const SAME = 1e-6

/**
 * Returns a warning if the model is no better on its test rows than a baseline that always predicts the mean of the
 * training rows, or ranks them worse than chance; otherwise `undefined`.
 */
export function belowBaseline({ rows, metrics }: Pick<Evaluation, 'rows' | 'metrics'>): string | undefined {
  const found = metrics.flatMap((metric) => {
    const words = metric.name === 'auc' ? rankMessage(metric) : lossMessage(metric)
    return words === undefined ? [] : [words]
  })
  return found.length === 0
    ? undefined
    : `The model should not be used as it is: on the ${rows} test rows ${found.join(', and ')}.`
}

function lossMessage({ name, value, lower, upper, baseline }: EvaluatedMetric): string | undefined {
  const loss = LOSSES[name]
  if (loss === undefined || baseline === null || value < baseline * (1 - SAME)) return undefined
  const than =
    value <= baseline * (1 + SAME)
      ? 'it is no better than'
      : lower > baseline
        ? 'it is worse than'
        : 'it may be worse than'
  return `${than} the baseline (${loss} ${value.toFixed(4)}, ${lower.toFixed(4)} to ${upper.toFixed(4)}; baseline ${baseline.toFixed(4)})`
}

function rankMessage({ value, lower, upper }: EvaluatedMetric): string | undefined {
  if (value >= 0.5) return undefined
  return `${upper < 0.5 ? 'it ranks' : 'it may rank'} worse than chance (AUC ${value.toFixed(4)}, ${lower.toFixed(4)} to ${upper.toFixed(4)})`
}
