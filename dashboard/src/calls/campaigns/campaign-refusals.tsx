import { useState } from 'preact/hooks'
import { address, type Answer } from '../../api.ts'
import { count, dateAndTime } from '../../format.ts'
import { Empty, Failure, Segments } from '../../parts.tsx'
import { useTimeWords } from '../../simulation.tsx'
import { useResource } from '../../use-resource.ts'
import { ruleWords, standstill } from './refusal-words.ts'

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
  readonly funnel: Answer<'/campaigns/{name}/funnel'> | undefined
}

/** Why nobody is being called: what stops the whole campaign, and how many customers each rule refused. */
export function CampaignRefusals({ name, state, funnel }: CampaignRefusalsProps) {
  const [hours, setHours] = useState<Hours>('24')
  const query = { campaign: name, hours: Number(hours) }
  const { data, error } = useResource(address('/contact-refusals/summary', { query }), READ_EVERY_MS)
  const timeWords = useTimeWords()
  const whole = funnel === undefined ? undefined : standstill(state, funnel)
  return (
    <section aria-labelledby="refusals-title">
      <div class="title">
        <h3 id="refusals-title">Why is nobody being called?</h3>
        <Segments label="Refusals of the last" options={PERIODS} value={hours} onChange={setHours} />
      </div>
      <p class="about">Refusals by rule, with the {timeWords} of the latest</p>
      {whole !== undefined && <p class="notice warn">{whole}</p>}
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

type RefusedProps = { readonly refused: Answer<'/contact-refusals/summary'>['items'][number] }

function Refused({ refused: { rule, ruleVersion, customers, refusals, newestAt, detail } }: RefusedProps) {
  const { words, advice } = ruleWords(rule)
  const who = customers === 1 ? '1 customer' : `${count(customers)} customers`
  return (
    <li class="refused">
      <strong>
        {words}: {who}
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
