import type { Interval } from '../../models/evaluation/bootstrap.ts'
import { formatInterval, formatNumber } from './format.ts'
import { markup, type Markup } from './markup.ts'
import { describeMetric } from './metric-descriptions.ts'
import type { ComparedModel, ReportedModel } from './reported-model.ts'
import { section } from './section.ts'
import { table } from './table.ts'

export function comparisonSection({ comparison = [] }: ReportedModel): Markup | null {
  if (comparison.length === 0) return null
  const names = [...new Set(comparison.flatMap(({ metrics }) => Object.keys(metrics)))]
  const hasNotes = comparison.some(({ note }) => note !== undefined)
  return section(
    'Compared with others',
    'All on the same rows as one another, which need not be those of the figures above.',
    table<ComparedModel>(
      'Models',
      [
        {
          heading: 'Model',
          cell: ({ name, isChosen }) => (isChosen ? markup`<strong>${name}</strong> (this one)` : name),
          isText: true,
        },
        ...names.map((name) => ({
          heading: describeMetric(name).label,
          cell: ({ metrics }: ComparedModel) => valueOf(metrics[name]),
        })),
        ...(hasNotes ? [{ heading: 'Note', cell: ({ note }: ComparedModel) => note ?? '', isText: true }] : []),
      ],
      comparison,
    ),
  )
}

function valueOf(value: number | Interval | undefined): string | Markup {
  if (value === undefined || typeof value === 'number') return formatNumber(value)
  return markup`${formatNumber(value.estimate)} <span class="soft">(${formatInterval(value.lower, value.upper)})</span>`
}
