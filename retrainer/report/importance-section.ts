import { formatShare } from './format.ts'
import { markup, type Markup } from './markup.ts'
import { namedRowsChart } from './named-rows-chart.ts'
import type { ReportedModel } from './reported-model.ts'
import { figure, section } from './section.ts'
import { collapsibleTable } from './table.ts'

const SHOWN_MAX = 20

export function importanceSection({ importance }: ReportedModel): Markup | null {
  if (importance.length === 0) return null
  const sorted = importance.toSorted((a, b) => b.share - a.share)
  const shown = sorted.slice(0, SHOWN_MAX)
  const best = shown[0]!
  const heading = sorted.length > shown.length ? `The first ${shown.length} of ${sorted.length}` : 'All'
  return section(
    'What it looks at',
    'How much of what the model has learned comes from each column. That is no cause and effect.',
    figure(
      heading,
      namedRowsChart({
        id: 'importance',
        title: 'Importance of the columns',
        description: `The most important column is ${best.name}, with ${formatShare(best.share)}.`,
        rows: shown.map(({ name, share }) => ({ name, value: share, text: formatShare(share) })),
        from: 0,
        to: best.share || 1,
        shape: 'bar',
      }),
      collapsibleTable(
        'Importance of all columns',
        [
          { heading: 'Column', cell: ({ name }) => markup`${name}`, isText: true },
          { heading: 'Share', cell: ({ share }) => formatShare(share) },
        ],
        sorted,
      ),
    ),
  )
}
