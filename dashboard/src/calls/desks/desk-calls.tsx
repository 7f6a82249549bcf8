import { DataTable } from '../../data-table.tsx'
import { count, duration, title } from '../../format.ts'
import { customerHref } from '../../route.ts'
import { decisionState, type Desk, type DeskCall } from './desk-text.ts'

/** The calls of a desk: those that wait first, with their waiting times, then those with an agent. */
export function DeskCalls({ desk: { waiting, offered, active } }: { readonly desk: Desk }) {
  const calls = [...waiting, ...offered, ...active]
  const longest = waiting[0]
  return (
    <section aria-labelledby="queue-title">
      <h3 id="queue-title">Queue</h3>
      <p class={waiting.length > 0 ? 'message bad' : 'about'}>
        {count(waiting.length)} waiting{longest !== undefined && `, the longest for ${duration(longest.waitedMs)}`} ·{' '}
        {count(offered.length)} offered · {count(active.length)} in conversation or wrap-up
      </p>
      {calls.length > 0 && (
        <DataTable
          caption="Calls at the desk"
          rows={calls}
          keyOf={({ requestId }) => requestId}
          columns={[
            {
              label: 'Customer',
              cell: ({ customerId, customerName }) => (
                <a href={customerHref(customerId)}>{customerName ?? customerId}</a>
              ),
            },
            { label: 'State', cell: (call) => <State call={call} /> },
            { label: 'Waited', cell: ({ waitedMs }) => duration(waitedMs) },
            { label: 'Wants', cell: ({ intent }) => (intent === null ? 'not known' : title(intent)) },
            { label: 'Queue', cell: ({ queue }) => queue ?? '–' },
            { label: 'Offers', cell: ({ offers }) => count(offers) },
          ]}
        />
      )}
    </section>
  )
}

function State({ call: { state, agentId, reason } }: { readonly call: DeskCall }) {
  const { label, tone } = decisionState(state)
  return (
    <>
      <span class={`tag ${tone}`}>{label}</span> {agentId ?? ''} <span class="about">{reason}</span>
    </>
  )
}
