import { DataTable } from '../../data-table.tsx'
import { count, dateAndTime, percent, title } from '../../format.ts'
import { Empty } from '../../parts.tsx'
import { useTimeLabel } from '../../simulation.tsx'
import { agentStatus, type Agent } from './desk-text.ts'

/** Agents at work with their states, loads and abilities. */
export function DeskAgents({ agents }: { readonly agents: readonly Agent[] }) {
  const timeLabel = useTimeLabel()
  return (
    <section class="whole" aria-labelledby="agents-title">
      <h3 id="agents-title">Agents at work</h3>
      {agents.length === 0 && <Empty>No agent is at work.</Empty>}
      {agents.length > 0 && (
        <DataTable
          caption="Agents at work"
          rows={agents}
          keyOf={({ agentId }) => agentId}
          columns={[
            { label: 'Agent', cell: ({ agentId }) => agentId },
            { label: 'State', cell: (agent) => <State agent={agent} /> },
            { label: 'Calls', cell: ({ calls, elsewhere, capacity }) => `${count(calls + elsewhere)} of ${capacity}` },
            { label: 'Queues', cell: ({ queues }) => listText(queues, 'no queues') },
            { label: 'Languages', cell: ({ languages }) => listText(languages, 'not stated') },
            { label: 'Good at', cell: ({ expertise }) => expertiseText(expertise) },
            { label: `Reported, ${timeLabel}`, cell: ({ occurredAt }) => dateAndTime(occurredAt) },
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
    'not stated',
  )
}
