import { apiUrl, type ApiResponse } from '../../api.ts'
import { dateAndTime, title } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { customerHref } from '../../route.ts'
import { useTimeLabel } from '../../simulation.tsx'
import { useResource } from '../../use-resource.ts'
import { latestCalls } from './latest-calls.ts'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 10_000
const SHOWN = 10
/** Steps read for `SHOWN` calls: a call has at least two, and some outcomes are corrected. */
const STEPS_READ = 50

/** A campaign's latest calls with their outcomes. */
export function CampaignCalls({ name }: { readonly name: string }) {
  const { data, error } = useResource(
    apiUrl('/call-attempts', { query: { campaign: name, limit: STEPS_READ } }),
    READ_EVERY_MS,
  )
  const timeLabel = useTimeLabel()
  return (
    <section aria-labelledby="calls-title">
      <h3 id="calls-title">{t('campaigns.latestCalls')}</h3>
      <p class="about">{t('campaigns.newestFirstWithTheOfThe', { timeLabel })}</p>
      {error !== undefined && <Failure>{error}</Failure>}
      {data?.items.length === 0 && <Empty>{t('campaigns.nobodyHasBeenCalledYet')}</Empty>}
      <ol class="lines">
        {latestCalls(data?.items ?? [])
          .slice(0, SHOWN)
          .map((call) => (
            <Line key={call.attemptId} call={call} />
          ))}
      </ol>
    </section>
  )
}

type LineProps = { readonly call: ApiResponse<'/call-attempts'>['items'][number] }

function Line({ call: { customerId, customerName, disposition, agentId, callbackAt, occurredAt } }: LineProps) {
  const about = [
    dateAndTime(occurredAt),
    agentId === null ? null : t('campaigns.agent', { agentId }),
    callbackAt === null ? null : t('campaigns.callback', { at: dateAndTime(callbackAt) }),
  ]
  return (
    <li>
      <a href={customerHref(customerId)} class="flag">
        <span class="row">
          <strong>{customerName ?? customerId}</strong>
          <span class={disposition === null ? 'about' : 'tag'}>
            {disposition === null ? t('campaigns.noOutcomeYet') : title(disposition)}
          </span>
        </span>
        <span class="about">{about.filter((part) => part !== null).join(' · ')}</span>
      </a>
    </li>
  )
}
