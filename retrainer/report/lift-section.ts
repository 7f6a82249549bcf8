import type { ClassificationEvaluation } from '../../models/evaluation/evaluation.ts'
import type { LiftPart } from '../../models/evaluation/lift.ts'
import { chart } from './chart.ts'
import { formatCount, formatNumber, formatShare } from './format.ts'
import { markup, type Markup } from './markup.ts'
import { figure, section } from './section.ts'
import { columns, line } from './shapes.ts'
import { collapsibleTable } from './table.ts'

/** Section on the gain from contacting the highest scores first. */
export function liftSection({ lift }: ClassificationEvaluation): Markup | null {
  if (lift.length === 0) return null
  return section(
    'Lift and gain',
    'The rows in ten parts, best scores first. The dashed lines are what choosing at random would do.',
    markup`<div class="side-by-side">${figure('Lift', liftChart(lift))}${figure('Cumulative gain', gainChart(lift))}</div>${collapsibleTable<LiftPart>(
      'Lift and gain by part',
      [
        { heading: 'Part', cell: ({ part }) => formatCount(part) },
        { heading: 'Rows', cell: ({ count }) => formatCount(count) },
        { heading: 'Positives', cell: ({ positives }) => formatCount(positives) },
        { heading: 'Mean score', cell: ({ meanScore }) => formatNumber(meanScore) },
        { heading: 'Share of positives', cell: ({ positiveRate }) => formatShare(positiveRate) },
        { heading: 'Lift', cell: (row) => formatNumber(row.lift) },
        { heading: 'Cumulative lift', cell: ({ cumulativeLift }) => formatNumber(cumulativeLift) },
        { heading: 'Cumulative gain', cell: ({ cumulativeGain }) => formatShare(cumulativeGain) },
      ],
      lift,
    )}`,
  )
}

function liftChart(parts: readonly LiftPart[]): Markup {
  const best = parts[0]!
  return chart(
    {
      id: 'lift',
      title: 'Lift by part',
      description: `In the best part there are ${formatNumber(best.lift)} times as many positives as among all rows, in the last one ${formatNumber(parts.at(-1)!.lift)} times.`,
      x: { label: 'Part, best scores first', from: 0.5, to: parts.at(-1)!.part + 0.5, ticks: 10 },
      y: { label: 'Lift', from: 0, to: Math.max(1, ...parts.map(({ lift }) => lift)) * 1.06 },
    },
    (x, y) => {
      const bars = parts.map(({ part, lift, positives, count }) => ({
        from: part - 0.4,
        to: part + 0.4,
        height: lift,
        tip: `Part ${part}: lift ${formatNumber(lift)}, ${formatCount(positives)} positives of ${formatCount(count)} rows`,
      }))
      const even = [
        { x: 0.5, y: 1 },
        { x: parts.at(-1)!.part + 0.5, y: 1 },
      ]
      return markup`${columns(bars, x, y)}${line(even, x, y, 'reference')}`
    },
  )
}

function gainChart(parts: readonly LiftPart[]): Markup {
  const rows = parts.reduce((sum, { count }) => sum + count, 0)
  let taken = 0
  const points = [
    { x: 0, y: 0 },
    ...parts.map(({ count, cumulativeGain }) => ({ x: (taken += count) / rows, y: cumulativeGain })),
  ]
  const fifth = points.find(({ x }) => x >= 0.2)!
  return chart(
    {
      id: 'gain',
      title: 'Cumulative gain',
      description: `The best ${formatShare(fifth.x)} of the rows hold ${formatShare(fifth.y)} of the positives.`,
      x: { label: 'Share of rows, best scores first', from: 0, to: 1 },
      y: { label: 'Share of positives', from: 0, to: 1 },
    },
    (x, y) => {
      const diagonal = [points[0]!, { x: 1, y: 1 }]
      return markup`${line(diagonal, x, y, 'reference')}${line(points, x, y)}`
    },
  )
}
