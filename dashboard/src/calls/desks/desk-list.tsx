import type { ApiResponse } from '../../api.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useNow } from '../../simulation.tsx'
import type { Resource } from '../../use-resource.ts'
import { deskHref } from './desk-address.ts'
import { queueText, releaseText, type DeskSummary } from './desk-text.ts'
import { rich, t } from '../../words/words.ts'

interface DeskListProps {
  readonly list: Resource<ApiResponse<'/desks'>>
  readonly opened: string | undefined
}

export function DeskList({ list: { data, error }, opened }: DeskListProps) {
  return (
    <section class="card" aria-labelledby="desks-title">
      <div class="head">
        <div>
          <h2 id="desks-title">{t('desks.desks')}</h2>
          <p class="sub">{t('desks.agentsWhoShareTheirWorkWith')}</p>
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('desks.loadingTheDesks')}</Empty>}
      {data?.items.length === 0 && <Empty>{rich('desks.noDeskIsAtWork', { topic: <code>agent-states</code> })}</Empty>}
      <ul class="lines">
        {data?.items.map((desk) => (
          <Line key={desk.desk} desk={desk} isOpened={desk.desk === opened} />
        ))}
      </ul>
    </section>
  )
}

function Line({ desk: summary, isOpened }: { readonly desk: DeskSummary; readonly isOpened: boolean }) {
  const { desk, release, agents, waiting, offered, active } = summary
  const now = useNow()
  const { label, tone } = releaseText(release)
  return (
    <li>
      <a href={deskHref(desk)} class="flag" aria-current={isOpened ? 'true' : undefined}>
        <span class="row">
          <strong>{desk}</strong>
          <span class={`tag ${tone}`}>{label}</span>
        </span>
        <span class={waiting > 0 ? 'message bad' : 'reason'}>{queueText(summary, now)}</span>
        <span class="about">{t('desks.agentsAtWorkOfferedInConversation', { agents, offered, active })}</span>
      </a>
    </li>
  )
}
