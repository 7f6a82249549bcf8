import { useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { Empty, Failure } from '../../parts.tsx'
import { customerHref } from '../../route.ts'
import { useNow, useTimeLabel } from '../../simulation.tsx'
import { useResource } from '../../use-resource.ts'
import type { Campaign } from './campaign-state.ts'
import {
  attemptsText,
  bestHourText,
  dueText,
  entryText,
  isInterestUnknown,
  orderText,
  valueTexts,
  type Entry,
} from './queue-text.ts'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 10_000
const SHOWN = 10
const STATES = ['waiting', 'calling', 'unknown', 'done'] as const
type State = (typeof STATES)[number]

/** The head of a campaign's list: the customers who are called next, or those in another state. */
export function CampaignQueue({ campaign }: { readonly campaign: Pick<Campaign, 'name' | 'order' | 'product'> }) {
  const [state, setState] = useState<State>('waiting')
  const { data, error } = useResource(
    apiUrl('/campaigns/{campaign}/queue', { path: { campaign: campaign.name }, query: { state, limit: SHOWN } }),
    READ_EVERY_MS,
  )
  const timeLabel = useTimeLabel()
  const now = useNow()
  return (
    <section aria-labelledby="next-title">
      <div class="title">
        <h3 id="next-title">{state === 'waiting' ? t('campaigns.nextToBeCalled') : t('campaigns.onTheList')}</h3>
        <select
          aria-label={t('campaigns.stateOfTheCustomers')}
          value={state}
          onChange={(event) => setState(event.currentTarget.value as State)}
        >
          {STATES.map((one) => (
            <option key={one} value={one}>
              {entryText(one)}
            </option>
          ))}
        </select>
      </div>
      <p class="about">
        {t('campaigns.theFirstByWithTheWhen', { shown: SHOWN, orderText: orderText(campaign), timeLabel })}
      </p>
      {error !== undefined && <Failure>{error}</Failure>}
      {isInterestUnknown(data?.items ?? []) && (
        <p class="notice warn">{t('campaigns.noCustomersInterestInIsKnown', { product: campaign.product })}</p>
      )}
      {data?.items.length === 0 && <Empty>{t('campaigns.noCustomersInThisState')}</Empty>}
      <ol class="lines">
        {data?.items.map((entry) => (
          <Line key={entry.customerId} entry={entry} now={now} />
        ))}
      </ol>
    </section>
  )
}

function Line({ entry, now }: { readonly entry: Entry; readonly now: number }) {
  const { customerId, customerName, bestHour } = entry
  const { worth, about: chance } = valueTexts(entry)
  const about = [dueText(entry, now), attemptsText(entry), bestHourText(bestHour)]
  return (
    <li>
      <a href={customerHref(customerId)} class="flag">
        <span class="row">
          <strong>{customerName ?? customerId}</strong>
          <span>{worth}</span>
        </span>
        <span class="about">{chance}</span>
        <span class="about">{about.filter((part) => part !== undefined).join(' · ')}</span>
      </a>
    </li>
  )
}
