import { DataTable } from '../../data-table.tsx'
import { dateAndTime, percent, title } from '../../format.ts'
import { Empty } from '../../parts.tsx'
import { useTimeLabel } from '../../simulation.tsx'
import { agentStatus, type Agent } from './desk-text.ts'
import { t } from '../../words/words.ts'

/** Agents at work with their states, loads and abilities. */
export function DeskAgents({ agents }: { readonly agents: readonly Agent[] }) {
  const timeLabel = useTimeLabel()
  return (
    <section class="whole" aria-labelledby="agents-title">
      <h3 id="agents-title">{t('desks.agentsAtWork')}</h3>
      {agents.length === 0 && <Empty>{t('desks.noAgentIsAtWork')}</Empty>}
      {agents.length > 0 && (
        <DataTable
          caption={t('desks.agentsAtWork')}
          rows={agents}
          keyOf={({ agentId }) => agentId}
          columns={[
            { label: t('desks.agent'), cell: ({ agentId }) => agentId },
            { label: t('common.state'), cell: (agent) => <State agent={agent} /> },
            {
              label: t('common.calls'),
              cell: ({ calls, elsewhere, capacity }) => t('common.of', { value: calls + elsewhere, of: capacity }),
            },
            { label: t('desks.queues'), cell: ({ queues }) => listText(queues, t('desks.noQueues')) },
            { label: t('desks.languages'), cell: ({ languages }) => listText(languages, t('desks.notStated')) },
            { label: t('desks.goodAt'), cell: ({ expertise }) => expertiseText(expertise) },
            { label: t('desks.reported', { timeLabel }), cell: ({ occurredAt }) => dateAndTime(occurredAt) },
          ]}
        />
      )}
    </section>
  )
}

function State({ agent: { status } }: { readonly agent: Agent }) {
  const { label, tone } = agentStatus(status)
  return <span class={`tag ${tone}`}>{label}</span>
}

function listText(items: readonly string[], none: string): string {
  return items.length === 0 ? none : items.join(', ')
}

function expertiseText(expertise: Agent['expertise']): string {
  const known = Object.entries(expertise).sort(([, one], [, other]) => other - one)
  return listText(
    known.map(([intent, value]) => `${title(intent).toLowerCase()} ${percent(value)}`),
    t('desks.notStated'),
  )
}
