import { useState } from 'preact/hooks'
import { apiUrl, type ApiResponse } from '../../api.ts'
import { count, dateAndTime } from '../../format.ts'
import { Empty, Failure, Segments } from '../../parts.tsx'
import { useTimeLabel } from '../../simulation.tsx'
import { useResource } from '../../use-resource.ts'
import { ruleText, campaignBlockReason } from './refusal-text.ts'

const READ_EVERY_MS = 10_000
const PERIODS = [
  ['1', '1 hour'],
  ['24', '24 hours'],
  ['168', '7 days'],
] as const
type Hours = (typeof PERIODS)[number][0]

interface CampaignRefusalsProps {
  readonly name: string
  readonly state: string
  readonly funnel: ApiResponse<'/campaigns/{name}/funnel'> | undefined
}

/** Why nobody is being called: what stops the whole campaign, and how many customers each rule refused. */
export function CampaignRefusals({ name, state, funnel }: CampaignRefusalsProps) {
  const [hours, setHours] = useState<Hours>('24')
  const query = { campaign: name, hours: Number(hours) }
  const { data, error } = useResource(apiUrl('/contact-refusals/summary', { query }), READ_EVERY_MS)
  const timeLabel = useTimeLabel()
  const blockReason = funnel === undefined ? undefined : campaignBlockReason(state, funnel)
  return (
    <section aria-labelledby="refusals-title">
      <div class="title">
        <h3 id="refusals-title">Why is nobody being called?</h3>
        <Segments label="Refusals of the last" options={PERIODS} value={hours} onChange={setHours} />
      </div>
      <p class="about">Refusals by rule, with the {timeLabel} of the latest</p>
      {blockReason !== undefined && <p class="notice warn">{blockReason}</p>}
      {error !== undefined && <Failure>{error}</Failure>}
      {data?.items.length === 0 && <Empty>No calls were refused in this period.</Empty>}
      <ul class="plain">
        {data?.items.map((one) => (
          <Refused key={`${one.rule}/${one.ruleVersion}`} refused={one} />
        ))}
      </ul>
    </section>
  )
}

type RefusedProps = { readonly refused: ApiResponse<'/contact-refusals/summary'>['items'][number] }

function Refused({ refused: { rule, ruleVersion, customers, refusals, newestAt, detail } }: RefusedProps) {
  const { label, advice } = ruleText(rule)
  const who = customers === 1 ? '1 customer' : `${count(customers)} customers`
  return (
    <li class="refused">
      <strong>
        {label}: {who}
      </strong>
      <span class="reason">{detail}</span>
      {advice !== '' && <span class="reason">{advice}</span>}
      <span class="about">
        {refusals > customers && `${count(refusals)} refusals · `}latest {dateAndTime(newestAt)}
        {ruleVersion !== null &&
          ` · version ${ruleVersion} of the ${rule === 'campaign' ? 'campaign' : 'contact rules'}`}
      </span>
    </li>
  )
}
