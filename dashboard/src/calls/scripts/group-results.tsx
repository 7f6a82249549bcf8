import { DataTable } from '../../data-table.tsx'
import { count, percent } from '../../format.ts'
import { Interval } from '../../interval.tsx'
import { scaleOf } from '../../scale.ts'
import { groupText, seconds, statusLabel, versionText, type GroupResult } from './script-text.ts'
import { t } from '../../words/words.ts'

interface GroupResultsProps {
  /** Scripts of one target group and language. */
  readonly rows: readonly GroupResult[]
  readonly onRestore: (script: GroupResult) => void
}

/** Scripts of a target group side by side. */
export function GroupResults({ rows, onRestore }: GroupResultsProps) {
  const { targetGroup, language } = rows[0]!
  const name = t('scripts.language', { groupText: groupText(targetGroup), language })
  const talk = scaleOf(rows.map(({ talkSeconds }) => talkSeconds))
  const conversion = scaleOf(rows.map(({ conversionRate }) => conversionRate))
  return (
    <section class="group" aria-label={name}>
      <h3>{name}</h3>
      <DataTable
        caption={t('scripts.resultsOfTheScripts', { name })}
        rows={rows}
        keyOf={({ template, templateVersion }) => `${template} ${templateVersion}`}
        columns={[
          { label: t('common.script'), cell: (row) => <Named row={row} onRestore={onRestore} /> },
          { label: t('common.calls'), cell: ({ choices }) => count(choices) },
          {
            label: t('common.answered'),
            cell: ({ answerRate }) => <Interval estimate={answerRate} format={percent} to={1} />,
          },
          {
            label: t('scripts.talkTime'),
            cell: ({ talkSeconds }) => <Interval estimate={talkSeconds} format={seconds} {...talk} />,
          },
          {
            label: t('scripts.converted'),
            cell: ({ conversionRate }) => <Interval estimate={conversionRate} format={percent} {...conversion} />,
          },
          {
            label: t('scripts.chanceToBeTheBest'),
            cell: ({ probabilityBest }) =>
              probabilityBest === null ? t('scripts.tooFewCalls') : percent(probabilityBest),
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
        <button
          type="button"
          class="quiet"
          aria-label={t('scripts.restoreNamed', { name })}
          onClick={() => onRestore(row)}
        >
          {t('scripts.restore')}
        </button>
      )}
      {saidOtherwise > 0 && (
        <span class="about"> {t('scripts.agentsSaidAnotherScriptInAnswered', { saidOtherwise })}</span>
      )}
    </>
  )
}
