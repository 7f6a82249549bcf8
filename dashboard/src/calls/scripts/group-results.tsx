import { DataTable } from '../../data-table.tsx'
import { count, percent } from '../../format.ts'
import { Interval } from '../../interval.tsx'
import { scaleOf } from '../../scale.ts'
import { groupText, seconds, statusLabel, versionText, type GroupResult } from './script-text.ts'

interface GroupResultsProps {
  /** Scripts of one target group and language. */
  readonly rows: readonly GroupResult[]
  readonly onRestore: (script: GroupResult) => void
}

/** Scripts of a target group side by side. */
export function GroupResults({ rows, onRestore }: GroupResultsProps) {
  const { targetGroup, language } = rows[0]!
  const name = `${groupText(targetGroup)}, language ${language}`
  const talk = scaleOf(rows.map(({ talkSeconds }) => talkSeconds))
  const conversion = scaleOf(rows.map(({ conversionRate }) => conversionRate))
  return (
    <section class="group" aria-label={name}>
      <h3>{name}</h3>
      <DataTable
        caption={`Results of the scripts: ${name}`}
        rows={rows}
        keyOf={({ template, templateVersion }) => `${template} ${templateVersion}`}
        columns={[
          { label: 'Script', cell: (row) => <Named row={row} onRestore={onRestore} /> },
          { label: 'Calls', cell: ({ choices }) => count(choices) },
          { label: 'Answered', cell: ({ answerRate }) => <Interval estimate={answerRate} format={percent} to={1} /> },
          {
            label: 'Talk time',
            cell: ({ talkSeconds }) => <Interval estimate={talkSeconds} format={seconds} {...talk} />,
          },
          {
            label: 'Converted',
            cell: ({ conversionRate }) => <Interval estimate={conversionRate} format={percent} {...conversion} />,
          },
          {
            label: 'Chance to be the best',
            cell: ({ probabilityBest }) => (probabilityBest === null ? 'too few calls' : percent(probabilityBest)),
          },
        ]}
      />
    </section>
  )
}

function Named({ row, onRestore }: { readonly row: GroupResult } & Pick<GroupResultsProps, 'onRestore'>) {
  const { template, templateVersion, status, saidOtherwise } = row
  const { label, tone } = statusLabel(status)
  const name = versionText(template, templateVersion)
  return (
    <>
      {name} <span class={`tag ${tone}`}>{label}</span>
      {status === 'retired' && (
        <button type="button" class="quiet" aria-label={`Restore ${name}`} onClick={() => onRestore(row)}>
          Restore
        </button>
      )}
      {saidOtherwise > 0 && (
        <span class="about"> Agents said another script in {count(saidOtherwise)} answered calls.</span>
      )}
    </>
  )
}
