import { apiUrl } from '../../api.ts'
import { dateAndTime, duration } from '../../format.ts'
import { Empty, Failure, Told } from '../../parts.tsx'
import { useTimeLabel } from '../../simulation.tsx'
import { useResource } from '../../use-resource.ts'
import { chosenText, decisionState, type Decision } from './desk-text.ts'
import { ScoreTable } from './score-table.tsx'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 5_000
const SHOWN = 30

/** The latest routing decisions of a desk, each with the parts of its scores. */
export function DeskDecisions({ desk }: { readonly desk: string }) {
  const { data, error } = useResource(apiUrl('/routing-decisions', { query: { desk, limit: SHOWN } }), READ_EVERY_MS)
  const timeLabel = useTimeLabel()
  return (
    <section class="whole" aria-labelledby="decisions-title">
      <h3 id="decisions-title">{t('desks.latestDecisions')}</h3>
      <p class="about">{t('desks.newestFirstWithThe', { timeLabel })}</p>
      {error !== undefined && <Failure>{error}</Failure>}
      {data?.items.length === 0 && <Empty>{t('desks.nothingHasBeenDecidedYet')}</Empty>}
      <ol class="lines">
        {data?.items.map((decision) => (
          <Line key={decision.id} decision={decision} />
        ))}
      </ol>
    </section>
  )
}

function Line({ decision }: { readonly decision: Decision }) {
  const { state, customerId, customerName, agentId, reason, occurredAt, waitedMs, queues, agents, weights } = decision
  const { label, tone } = decisionState(state)
  const chosen = chosenText(decision)
  return (
    <li class="record">
      <span class="row">
        <strong>
          {customerName ?? customerId}
          {agentId !== null && ` → ${agentId}`}
        </strong>
        <span class={`tag ${tone}`}>{label}</span>
      </span>
      <span class="reason">
        <Told>{reason}</Told>
      </span>
      {chosen !== undefined && <span class="reason">{chosen}.</span>}
      <span class="about">
        {t('desks.waited2', { occurredAt: dateAndTime(occurredAt), waitedMs: duration(waitedMs) })}
      </span>
      {weights !== null && agents.length > 0 && (
        <details>
          <summary>{t('desks.theScores')}</summary>
          {queues.length > 0 && <ScoreTable of={t('desks.queue')} candidates={queues} weights={weights} />}
          <ScoreTable of={t('desks.agent')} candidates={agents} weights={weights} />
        </details>
      )}
    </li>
  )
}
