import type { ClassesEvaluation } from '../../models/evaluation/classes-evaluation.ts'
import type { EvaluatedMetric, Evaluation } from '../../models/evaluation/evaluation.ts'
import { formatCount, formatInterval, formatNumber, formatShare } from './format.ts'
import { markup, type Markup } from './markup.ts'
import { describeMetric } from './metric-descriptions.ts'
import { table } from './table.ts'

/** Section with the most important metrics, each with its interval and baseline, followed by a table of all. */
export function headline({ metrics, kind, rows, draws, confidence, meanLabel, baselineScore }: Evaluation): Markup {
  const interval = `${formatShare(confidence)} interval`
  const format = kind === 'classification' ? formatShare : formatNumber
  return markup`<section><h2>What it is worth</h2><p class="soft">On ${formatCount(rows)} rows that it was not trained on. Intervals come from ${formatCount(draws)} bootstrap draws. The baseline always says ${format(baselineScore)}, the mean of the training rows; the mean of the test rows is ${format(meanLabel)}.</p><div class="tiles">${metrics.filter(({ name }) => describeMetric(name).isHeadline).map(tile)}</div>${metricsTable(metrics, interval)}</section>`
}

function metricsTable(metrics: readonly EvaluatedMetric[], interval: string): Markup {
  return table<EvaluatedMetric>(
    'All metrics',
    [
      { heading: 'Metric', cell: ({ name }) => describeMetric(name).label, isText: true },
      { heading: 'Model', cell: ({ value }) => formatNumber(value) },
      { heading: interval, cell: ({ lower, upper }) => formatInterval(lower, upper) },
      { heading: 'Baseline', cell: ({ baseline }) => formatNumber(baseline) },
      { heading: 'Against the baseline', cell: verdict, isText: true },
      { heading: 'Meaning', cell: ({ name }) => meaningOf(name), isText: true },
    ],
    metrics,
  )
}

/** Headline for several classes; the baseline always predicts the class shares of the training rows. */
export function classesHeadline({ metrics, rows }: ClassesEvaluation, unit: string): Markup {
  return markup`<section><h2>What it is worth</h2><p class="soft">On ${formatCount(rows)} ${unit} that it was not trained on, with 95 % bootstrap intervals. The baseline always says how frequent each class is among the training ${unit}.</p><div class="tiles">${metrics.map(tile)}</div>${metricsTable(metrics, '95 % interval')}</section>`
}

function tile({ name, value, lower, upper, baseline }: EvaluatedMetric): Markup {
  return markup`<div class="tile"><div class="soft">${describeMetric(name).label}</div><div class="figure">${formatNumber(value)}</div><div>${formatInterval(lower, upper)}</div><div class="soft">baseline ${formatNumber(baseline)}</div></div>`
}

/** Calls a metric better or worse only if its interval excludes the baseline. */
function verdict({ name, lower, upper, baseline }: EvaluatedMetric): string {
  if (baseline === null) return '–'
  if (lower <= baseline && baseline <= upper) return 'no clear difference'
  return (describeMetric(name).better === 'higher') === lower > baseline ? 'better' : 'worse'
}

function meaningOf(name: string): string {
  const { meaning, better } = describeMetric(name)
  return meaning === '' ? '' : `${meaning}; ${better} is better`
}
