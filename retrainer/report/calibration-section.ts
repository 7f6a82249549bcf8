import type { CalibrationRow } from '../../models/evaluation/calibration-table.ts'
import type { Evaluation } from '../../models/evaluation/evaluation.ts'
import { chart } from './chart.ts'
import { formatCount, formatInterval, formatNumber, formatShare } from './format.ts'
import { markup, type Markup } from './markup.ts'
import { boundsOf } from './scale.ts'
import { figure, section } from './section.ts'
import { dots, line } from './shapes.ts'
import { collapsibleTable } from './table.ts'

/** Section on calibration: predicted probabilities, or estimates, against labels. */
export function calibrationSection(evaluation: Evaluation): Markup {
  return evaluation.kind === 'classification'
    ? calibrationOf(evaluation.calibration, {
        title: 'Calibration',
        predicted: 'Mean score',
        observed: 'Share of positives',
      })
    : calibrationOf(evaluation.estimates, {
        title: 'Estimated and actual',
        predicted: 'Mean estimate',
        observed: 'Mean label',
        isShare: false,
      })
}

export interface CalibrationLabels {
  readonly title: string
  readonly predicted: string
  readonly observed: string
  /** Whether both are shares of 1, the default. */
  readonly isShare?: boolean
}

export function calibrationOf(
  rows: readonly CalibrationRow[],
  { title, predicted, observed, isShare = true }: CalibrationLabels,
): Markup {
  const format = isShare ? formatShare : formatNumber
  return section(
    title,
    'Ten groups of rows in order of score. On the dashed line promise and truth are equal; the bars are 95% intervals.',
    figure(
      title,
      calibrationChart({ title, predicted, observed, isShare }, rows),
      collapsibleTable<CalibrationRow>(
        title,
        [
          { heading: predicted, cell: ({ meanScore }) => format(meanScore) },
          { heading: observed, cell: ({ meanLabel }) => format(meanLabel) },
          { heading: '95% interval', cell: ({ lower, upper }) => formatInterval(lower, upper) },
          { heading: 'Rows', cell: ({ count }) => formatCount(count) },
        ],
        rows,
      ),
    ),
  )
}

function calibrationChart(
  { title, predicted, observed, isShare }: { title: string; predicted: string; observed: string; isShare: boolean },
  rows: readonly CalibrationRow[],
): Markup {
  const all = rows.flatMap(({ meanScore, meanLabel, lower, upper }) => [
    meanScore,
    meanLabel,
    lower ?? meanLabel,
    upper ?? meanLabel,
  ])
  const bounds = boundsOf(all)
  const from = isShare ? Math.max(0, bounds.from) : bounds.from
  const to = isShare ? Math.min(1, bounds.to) : bounds.to
  const outside = rows.filter(
    ({ meanScore, lower, upper }) => lower !== null && upper !== null && (meanScore < lower || meanScore > upper),
  )
  return chart(
    {
      id: 'calibration',
      title,
      description: `In ${outside.length} of ${rows.length} groups the promise lies outside of the interval of what came true.`,
      x: { label: predicted, from, to },
      y: { label: observed, from, to },
    },
    (x, y) => {
      const equal = [
        { x: from, y: from },
        { x: to, y: to },
      ]
      const points = rows.map(({ count, meanScore, meanLabel, lower, upper }) => ({
        x: meanScore,
        y: meanLabel,
        lower,
        upper,
        tip: `${formatCount(count)} rows: promised ${formatNumber(meanScore)}, came ${formatNumber(meanLabel)} (${formatInterval(lower, upper)})`,
      }))
      return markup`${line(equal, x, y, 'reference')}${dots(points, x, y)}`
    },
  )
}
