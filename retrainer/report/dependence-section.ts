import type { PartialDependence } from '../../models/evaluation/partial-dependence.ts'
import { chart } from './chart.ts'
import { formatNumber } from './format.ts'
import { markup, type Markup } from './markup.ts'
import { namedRowsChart } from './named-rows-chart.ts'
import type { ReportedModel } from './reported-model.ts'
import { boundsOf } from './scale.ts'
import { figure, section } from './section.ts'
import { line } from './shapes.ts'
import { collapsibleTable } from './table.ts'

type Bounds = ReturnType<typeof boundsOf>

/** Section of small charts with a common score axis, so that features of little influence look flat. */
export function dependenceSection({ partialDependence }: ReportedModel): Markup | null {
  const drawn = partialDependence.filter(({ points }) => points.length > 0)
  if (drawn.length === 0) return null
  const scores = boundsOf(drawn.flatMap((dependence) => withMissing(dependence).map(({ meanScore }) => meanScore)))
  return section(
    'How the score moves',
    'The mean score of the same rows, had they all the value shown. All pictures have one scale.',
    markup`<div class="small-multiples">${drawn.map((dependence, i) =>
      figure(
        titleOf(dependence),
        dependence.kind === 'number' ? numberChart(dependence, i, scores) : categoryChart(dependence, i, scores),
        collapsibleTable(
          `Mean score by ${dependence.feature}`,
          [
            {
              heading: 'Value',
              cell: ({ name, value }) => name ?? formatNumber(value),
              isText: dependence.kind === 'category',
            },
            { heading: 'Mean score', cell: ({ meanScore }) => formatNumber(meanScore) },
          ],
          withMissing(dependence),
        ),
      ),
    )}</div>`,
  )
}

/** Returns the points, followed by one for the rows without a value. */
function withMissing({ points, missing }: PartialDependence): PartialDependence['points'] {
  if (missing === undefined) return points
  return [...points, { value: Number.NaN, name: missingName(missing.share), meanScore: missing.meanScore }]
}

function missingName(share: number): string {
  return `missing (${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %)`
}

/** Puts the score of missing values into the title, since a line chart has no place for them. */
function titleOf({ feature, kind, missing }: PartialDependence): string {
  return kind === 'category' || missing === undefined
    ? feature
    : `${feature}; ${missingName(missing.share)}: ${formatNumber(missing.meanScore)}`
}

function numberChart({ feature, points }: PartialDependence, i: number, scores: Bounds): Markup {
  const first = points[0]!
  const last = points.at(-1)!
  const { from, to } = points.length > 1 ? { from: first.value, to: last.value } : boundsOf([first.value])
  return chart(
    {
      id: `dependence-${i}`,
      title: `Mean score by ${feature}`,
      description: `From ${formatNumber(first.meanScore)} at ${formatNumber(first.value)} to ${formatNumber(last.meanScore)} at ${formatNumber(last.value)}.`,
      x: { label: feature, from, to, ticks: 4, format: formatNumber },
      y: { label: 'Mean score', ...scores, ticks: 4 },
      width: 300,
      height: 220,
    },
    (x, y) =>
      line(
        points.map(({ value, meanScore }) => ({ x: value, y: meanScore })),
        x,
        y,
      ),
  )
}

function categoryChart(dependence: PartialDependence, i: number, { from, to }: Bounds): Markup {
  const { feature } = dependence
  const sorted = withMissing(dependence).toSorted((a, b) => b.meanScore - a.meanScore)
  const highest = sorted[0]!
  return namedRowsChart({
    id: `dependence-${i}`,
    title: `Mean score by ${feature}`,
    description: `The highest mean score is ${formatNumber(highest.meanScore)}, for ${highest.name ?? highest.value}.`,
    rows: sorted.map(({ name, value, meanScore }) => ({
      name: name ?? formatNumber(value),
      value: meanScore,
      text: formatNumber(meanScore),
    })),
    from,
    to,
    shape: 'dot',
    width: 300,
    nameWidth: 110,
  })
}
