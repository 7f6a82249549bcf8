import type { Evaluation } from '../../models/evaluation/evaluation.ts'
import type { Group, GroupReport } from '../../models/evaluation/group-report.ts'
import { formatCount, formatNumber, formatShare } from './format.ts'
import { markup, type Markup } from './markup.ts'
import { section } from './section.ts'
import { table } from './table.ts'

export function groupsSection({ groups, kind }: Evaluation): Markup | null {
  if (groups.length === 0) return null
  return section(
    'Groups',
    'What the model does to the groups of protected attributes. Small groups say little: the numbers have no intervals.',
    markup`${groups.map((report) => markup`${groupTable(report, kind)}${ratioOf(report)}`)}`,
  )
}

function groupTable({ attribute, groups, threshold }: GroupReport, kind: Evaluation['kind']): Markup {
  const format = kind === 'classification' ? formatShare : formatNumber
  return table<Group>(
    attribute,
    [
      { heading: 'Group', cell: ({ group }) => group, isText: true },
      { heading: 'Rows', cell: ({ rows }) => formatCount(rows) },
      ...(threshold === null
        ? []
        : [
            {
              heading: `Selected at ${formatNumber(threshold)}`,
              cell: ({ selectionRate }: Group) => formatShare(selectionRate),
            },
          ]),
      { heading: 'Mean score', cell: ({ meanScore }) => format(meanScore) },
      { heading: 'Mean label', cell: ({ meanLabel }) => format(meanLabel) },
      ...(kind === 'classification' ? [{ heading: 'AUC', cell: ({ auc }: Group) => formatNumber(auc) }] : []),
      { heading: 'Calibration error', cell: ({ calibrationError }) => formatNumber(calibrationError) },
    ],
    groups,
  )
}

/** The four-fifths rule of the US Uniform Guidelines on Employee Selection Procedures (1978, 4 D). */
const FOUR_FIFTHS = 0.8

function ratioOf({ selectionRatio, threshold }: GroupReport): Markup | null {
  if (threshold === null) return null
  if (selectionRatio === null)
    return markup`<p class="soft">No row is selected at that threshold: there are no selection rates to compare.</p>`
  const verdict = selectionRatio < FOUR_FIFTHS ? 'below' : 'not below'
  return markup`<p class="${selectionRatio < FOUR_FIFTHS ? 'warning' : 'soft'}">The smallest selection rate is ${formatShare(selectionRatio)} of the largest one, ${verdict} the four fifths that are a common rule of thumb.</p>`
}
