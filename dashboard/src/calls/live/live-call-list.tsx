import type { ApiResponse } from '../../api.ts'
import { clockTime } from '../../format.ts'
import { Empty, Failure, Told } from '../../parts.tsx'
import { useTimeLabel } from '../../simulation.tsx'
import type { Resource } from '../../use-resource.ts'
import { liveCallHref } from './live-address.ts'
import { callState } from './live-call-text.ts'
import { t } from '../../words/words.ts'

type List = ApiResponse<'/call-sessions'>

interface LiveCallListProps {
  readonly list: Resource<List>
  readonly opened: string | undefined
}

/** Calls that go on, the one with the latest step first. */
export function LiveCallList({ list: { data, error }, opened }: LiveCallListProps) {
  const timeLabel = useTimeLabel()
  return (
    <section class="card" aria-labelledby="live-title">
      <div class="head">
        <div>
          <h2 id="live-title">{t('liveCalls.callsGoingOn')}</h2>
          <p class="sub">
            {data === undefined
              ? t('liveCalls.latestStepFirst')
              : t('liveCalls.latestStepFirstWithTheOf', {
                  items: data.items.length,
                  hasMore: String(data.next !== null),
                  timeLabel,
                })}
          </p>
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('liveCalls.loadingTheCalls')}</Empty>}
      {data?.items.length === 0 && <Empty>{t('liveCalls.noCallsAreGoingOn')}</Empty>}
      <ol class="lines">
        {data?.items.map((call) => (
          <Line key={call.callId} call={call} isOpened={call.callId === opened} />
        ))}
      </ol>
    </section>
  )
}

function Line({ call, isOpened }: { readonly call: List['items'][number]; readonly isOpened: boolean }) {
  const { callId, customerId, customerName, startedAt, partsDone, parts, turns, reasons } = call
  const { label, tone } = callState(call)
  return (
    <li>
      <a href={liveCallHref(callId)} class="flag" aria-current={isOpened ? 'true' : undefined}>
        <span class="row">
          <strong>{customerName ?? customerId}</strong>
          <span class={`tag ${tone}`}>{label}</span>
        </span>
        {reasons.map((reason) => (
          <span key={reason} class="reason">
            <Told>{reason}</Told>
          </span>
        ))}
        <span class="about">
          {t('liveCalls.sinceOfPartsDoneTurnsOf', { startedAt: clockTime(startedAt), partsDone, parts, turns })}
        </span>
      </a>
    </li>
  )
}
