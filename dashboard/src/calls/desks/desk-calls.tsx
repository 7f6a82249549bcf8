import { DataTable } from '../../data-table.tsx'
import { count, duration, title } from '../../format.ts'
import { customerHref } from '../../route.ts'
import { decisionState, type Desk, type DeskCall } from './desk-text.ts'
import { t } from '../../words/words.ts'
import { Told } from '../../parts.tsx'

/** The calls of a desk: those that wait first, with their waiting times, then those with an agent. */
export function DeskCalls({ desk: { waiting, offered, active } }: { readonly desk: Desk }) {
  const calls = [...waiting, ...offered, ...active]
  const longest = waiting[0]
  return (
    <section aria-labelledby="queue-title">
      <h3 id="queue-title">{t('desks.queue')}</h3>
      <p class={waiting.length > 0 ? 'message bad' : 'about'}>
        {t('desks.waiting', { waiting: waiting.length })}
        {longest !== undefined && t('desks.theLongestFor', { waitedMs: duration(longest.waitedMs) })}{' '}
        {t('desks.offeredInConversationOrWrapUp', { offered: offered.length, active: active.length })}
      </p>
      {calls.length > 0 && (
        <DataTable
          caption={t('desks.callsAtTheDesk')}
          rows={calls}
          keyOf={({ requestId }) => requestId}
          columns={[
            {
              label: t('common.customer'),
              cell: ({ customerId, customerName }) => (
                <a href={customerHref(customerId)}>{customerName ?? customerId}</a>
              ),
            },
            { label: t('common.state'), cell: (call) => <State call={call} /> },
            { label: t('desks.waited'), cell: ({ waitedMs }) => duration(waitedMs) },
            { label: t('desks.wants'), cell: ({ intent }) => (intent === null ? t('desks.notKnown') : title(intent)) },
            { label: t('desks.queue'), cell: ({ queue }) => queue ?? '–' },
            { label: t('desks.offers'), cell: ({ offers }) => count(offers) },
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
      <span class={`tag ${tone}`}>{label}</span> {agentId ?? ''}{' '}
      <span class="about">
        <Told>{reason}</Told>
      </span>
    </>
  )
}
