import { useState } from 'preact/hooks'
import { apiUrl, type ApiResponse } from '../../api.ts'
import { dateAndTime } from '../../format.ts'
import { Empty, Failure, Segments, Told } from '../../parts.tsx'
import { useTimeLabel } from '../../simulation.tsx'
import { useResource } from '../../use-resource.ts'
import { ruleText, campaignBlockReason } from './refusal-text.ts'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 10_000
const periods = () =>
  [
    ['1', t('campaigns.n1Hour')],
    ['24', t('campaigns.n24Hours')],
    ['168', t('common.n7Days')],
  ] as const
type Hours = ReturnType<typeof periods>[number][0]

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
        <h3 id="refusals-title">{t('campaigns.whyIsNobodyBeingCalled')}</h3>
        <Segments label={t('campaigns.refusalsOfTheLast')} options={periods()} value={hours} onChange={setHours} />
      </div>
      <p class="about">{t('campaigns.refusalsByRuleWithTheOf', { timeLabel })}</p>
      {blockReason !== undefined && <p class="notice warn">{blockReason}</p>}
      {error !== undefined && <Failure>{error}</Failure>}
      {data?.items.length === 0 && <Empty>{t('campaigns.noCallsWereRefusedInThis')}</Empty>}
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
  const who = t('campaigns.customers', { customers })
  return (
    <li class="refused">
      <strong>
        {label}: {who}
      </strong>
      <span class="reason">
        <Told>{detail}</Told>
      </span>
      {advice !== '' && <span class="reason">{advice}</span>}
      <span class="about">
        {refusals > customers && `${t('campaigns.refusals', { refusals })} `}
        {t('campaigns.latest', { newestAt: dateAndTime(newestAt) })}
        {ruleVersion !== null && ` ${t('campaigns.versionOfThe', { ruleVersion, rule })}`}
      </span>
    </li>
  )
}
