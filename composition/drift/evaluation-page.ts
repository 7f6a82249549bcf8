import { chart } from '../../retrainer/report/chart.ts'
import { formatCount, formatInterval, formatNumber } from '../../retrainer/report/format.ts'
import { markup, type Markup } from '../../retrainer/report/markup.ts'
import { entry, htmlPage, list, pageHead } from '../../retrainer/report/page.ts'
import { boundsOf } from '../../retrainer/report/scale.ts'
import { figure, section } from '../../retrainer/report/section.ts'
import { line } from '../../retrainer/report/shapes.ts'
import { collapsibleTable, table } from '../../retrainer/report/table.ts'
import type { EvaluatedPolicy, StreamEvaluation } from './evaluate-stream.ts'
import type { Training } from './policy.ts'
import type { PeriodFigures } from './stream-figures.ts'

/** Renders the results of each retraining policy as an HTML page. */
export function evaluationPage(title: string, evaluation: StreamEvaluation): string {
  const { policies, rows, start, scored, period, baseline, positive, notes } = evaluation
  return htmlPage(title, [
    pageHead(title, [
      entry('Positive', positive),
      entry(
        'Rows',
        `${formatCount(rows)}, the first ${formatCount(start)} to begin with; ${formatCount(scored)} scored rows have a label`,
      ),
      entry('Periods', `${formatCount(period)} rows`),
      entry('Always the rate at the start', `log loss ${formatNumber(baseline)}`),
      entry('Notes', list(notes)),
    ]),
    section(
      'Policies',
      `Each row was scored before its label could be known. Differences are in log loss from ${policies[0]!.retrain}, with 95 % intervals of blocks of rows; below 0 is better.`,
      policyTable(policies),
    ),
    ...policies.map((policy, at) => policySection(policy, policies[0]!, at)),
  ])
}

function policyTable(policies: readonly EvaluatedPolicy[]): Markup {
  return table<EvaluatedPolicy>(
    'Policies side by side',
    [
      { heading: 'Retrain', cell: ({ retrain }) => retrain, isText: true },
      { heading: 'Log loss', cell: ({ logLoss }) => formatNumber(logLoss) },
      { heading: 'Difference', cell: ({ difference }) => formatNumber(difference?.estimate) },
      { heading: '95 % interval', cell: ({ difference }) => formatInterval(difference?.lower, difference?.upper) },
      { heading: 'AUC within periods', cell: ({ auc }) => formatNumber(auc) },
      { heading: 'Calibration error', cell: ({ calibrationError }) => formatNumber(calibrationError) },
      { heading: 'Trainings', cell: ({ trainings }) => formatCount(trainings) },
      { heading: 'CPU s', cell: ({ cpuSeconds }) => formatNumber(cpuSeconds) },
    ],
    policies,
  )
}

function policySection(policy: EvaluatedPolicy, first: EvaluatedPolicy, at: number): Markup {
  const { retrain, periods, trainedAt, notes } = policy
  const against = at === 0 ? undefined : first.periods
  return section(
    retrain,
    at === 0 ? 'Marks on the axis are trainings.' : `Dashed: ${first.retrain}. Marks on the axis are trainings.`,
    markup`<div class="side-by-side">${figure(
      'Log loss',
      plot(`loss-${at}`, 'Log loss', periods, ({ logLoss }) => logLoss, trainedAt, against),
    )}${figure(
      'AUC within periods',
      plot(`auc-${at}`, 'AUC', periods, ({ auc }) => auc, trainedAt, against),
    )}${figure('Calibration: scores (line) and what came true (dashed)', calibrationPlot(`calibration-${at}`, periods, trainedAt))}</div>${periodTable(periods)}${trainingTable(trainedAt)}${list(notes)}`,
  )
}

type Figure = (period: PeriodFigures) => number | null

function pointsOf(periods: readonly PeriodFigures[], of: Figure) {
  return periods.flatMap((period) => {
    const y = of(period)
    return y === null ? [] : [{ x: (period.from + period.to) / 2, y }]
  })
}

function plot(
  id: string,
  label: string,
  periods: readonly PeriodFigures[],
  of: Figure,
  trainings: readonly Training[],
  against: readonly PeriodFigures[] | undefined,
): Markup {
  const own = pointsOf(periods, of)
  return linesPlot(id, label, periods, own, against === undefined ? [] : pointsOf(against, of), trainings)
}

function calibrationPlot(id: string, periods: readonly PeriodFigures[], trainings: readonly Training[]): Markup {
  const [scores, rates] = [
    pointsOf(periods, ({ meanScore }) => meanScore),
    pointsOf(periods, ({ labelRate }) => labelRate),
  ]
  return linesPlot(id, 'Share', periods, scores, rates, trainings)
}

type Points = ReturnType<typeof pointsOf>

function linesPlot(
  id: string,
  label: string,
  periods: readonly PeriodFigures[],
  own: Points,
  other: Points,
  trainings: readonly Training[],
): Markup {
  if (own.length === 0) return markup`<p>Not defined in any period.</p>`
  const bounds = boundsOf([...own, ...other].map(({ y }) => y))
  return chart(
    {
      id,
      title: label,
      description: `${label} from ${formatNumber(own[0]!.y)} in the first period to ${formatNumber(own.at(-1)!.y)} in the last.`,
      x: { from: periods[0]!.from, to: periods.at(-1)!.to, label: 'Row' },
      y: { ...bounds, label },
    },
    (x, y) =>
      markup`${other.length === 0 ? null : line(other, x, y, 'reference')}${line(own, x, y)}${trainings.map(
        ({ row, why }) =>
          markup`<line class="interval" x1="${Math.round(x(row))}" x2="${Math.round(x(row))}" y1="${Math.round(y(bounds.from))}" y2="${Math.round(y(bounds.from)) - 8}"><title>${`row ${row}: ${why}`}</title></line>`,
      )}`,
  )
}

function periodTable(periods: readonly PeriodFigures[]): Markup {
  return collapsibleTable<PeriodFigures>(
    'By period',
    [
      { heading: 'Rows', cell: ({ from, to }) => `${from} to ${to}` },
      { heading: 'With label', cell: ({ rows }) => formatCount(rows) },
      { heading: 'Label rate', cell: ({ labelRate }) => formatNumber(labelRate) },
      { heading: 'Mean score', cell: ({ meanScore }) => formatNumber(meanScore) },
      { heading: 'Log loss', cell: ({ logLoss }) => formatNumber(logLoss) },
      { heading: 'AUC', cell: ({ auc }) => formatNumber(auc) },
      { heading: 'Calibration error', cell: ({ calibrationError }) => formatNumber(calibrationError) },
    ],
    periods,
  )
}

function trainingTable(trainings: readonly Training[]): Markup {
  return collapsibleTable<Training>(
    'Trainings',
    [
      { heading: 'Before row', cell: ({ row }) => formatCount(row) },
      { heading: 'On ripe rows', cell: ({ rows }) => formatCount(rows) },
      { heading: 'Why', cell: ({ why }) => why, isText: true },
    ],
    trainings,
  )
}
