import type { ApiResponse } from '../../api.ts'
import { count } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useNow } from '../../simulation.tsx'
import type { Resource } from '../../use-resource.ts'
import { deskHref } from './desk-address.ts'
import { queueText, releaseText, type DeskSummary } from './desk-text.ts'

interface DeskListProps {
  readonly list: Resource<ApiResponse<'/desks'>>
  readonly opened: string | undefined
}

export function DeskList({ list: { data, error }, opened }: DeskListProps) {
  return (
    <section class="card" aria-labelledby="desks-title">
      <div class="head">
        <div>
          <h2 id="desks-title">Desks</h2>
          <p class="sub">Agents who share their work, with the calls for them</p>
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>Loading the desks …</Empty>}
      {data?.items.length === 0 && (
        <Empty>
          No desk is at work. Your call system reports agents on the topic <code>agent-states</code>.
        </Empty>
      )}
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
        <span class="about">
          {count(agents)} agents at work · {count(offered)} offered · {count(active)} in conversation or wrap-up
        </span>
      </a>
    </li>
  )
}
