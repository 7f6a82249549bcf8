import { useState } from 'preact/hooks'
import { apiUrl, type ApiResponse, type Query } from '../api.ts'
import type { CustomerTabProps } from '../customers/customer-tab.ts'
import { dateAndTime, title } from '../format.ts'
import { Empty, Failure, Told } from '../parts.tsx'
import { useResource } from '../use-resource.ts'
import { t } from '../words/words.ts'

type Permission = ApiResponse<'/customers/{id}/contact-permission'>
type Question = Query<'/customers/{id}/contact-permission'>

interface Choice {
  readonly id: string
  readonly words: string
  readonly question: Question
}

/** Polled, because calling hours may begin or end while the tab is open. */
const EVERY_MS = 30_000

/** Whether the customer may be called now, for a campaign or in general, and if not, why. */
export function MayBeCalled({ customer: { customerId } }: CustomerTabProps) {
  const campaigns = useResource(apiUrl('/campaigns'))
  const laws = useResource(apiUrl('/contact-rules'))
  const [chosen, setChosen] = useState<string>()
  const choices = choicesOf(campaigns.data, laws.data)
  const choice = choices.find(({ id }) => id === chosen) ?? choices[0]
  const permission = useResource(
    choice === undefined
      ? undefined
      : apiUrl('/customers/{id}/contact-permission', { path: { id: customerId }, query: choice.question }),
    EVERY_MS,
  )
  const error = campaigns.error ?? laws.error ?? permission.error
  return (
    <>
      <h3>{t('calls.canWeCallNow')}</h3>
      {error !== undefined && <Failure>{error}</Failure>}
      {laws.data !== undefined && choices.length === 0 && <Empty>{t('calls.thereAreNoContactRules')}</Empty>}
      {choices.length > 0 && (
        <label class="check">
          {t('common.for')}{' '}
          <select value={choice?.id} onChange={(event) => setChosen(event.currentTarget.value)}>
            {choices.map(({ id, words }) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </select>
        </label>
      )}
      {permission.data !== undefined && <PermissionDecision permission={permission.data} />}
    </>
  )
}

function choicesOf(campaigns?: ApiResponse<'/campaigns'>, laws?: ApiResponse<'/contact-rules'>): Choice[] {
  if (campaigns === undefined || laws === undefined) return []
  const ofCampaigns = campaigns.items
    .filter(({ state }) => state !== 'ended')
    .map(({ name, purpose, channel, jurisdiction }) => ({
      id: `campaign/${name}`,
      words: name,
      question: { purpose, channel, jurisdiction, campaign: name } as Question,
    }))
  const inGeneral = laws.items
    .filter(({ retired }) => !retired)
    .flatMap(({ jurisdiction, rules }) =>
      [...new Set(rules.flatMap(({ purposes }) => purposes))].map((purpose) => ({
        id: `rules/${jurisdiction}/${purpose}`,
        words: `${title(purpose)}, ${jurisdiction}`,
        question: { purpose, jurisdiction } as Question,
      })),
    )
  return [...ofCampaigns, ...inGeneral]
}

function PermissionDecision({
  permission: { permitted, checks, announcement, label },
}: {
  readonly permission: Permission
}) {
  const failedChecks = checks.filter(({ passed }) => !passed)
  return (
    <>
      <p>
        <span class={`tag ${permitted ? 'good' : 'bad'}`}>{permitted ? t('calls.yes') : t('calls.no')}</span>
      </p>
      <ul class="plain">
        {failedChecks.map(({ rule, detail, until }) => (
          <li key={rule} class="told">
            <span class="tag warn">{title(rule)}</span>
            <Told>{detail}</Told>
            {until !== null && <span class="about">{t('calls.until', { until: dateAndTime(until) })}</span>}
          </li>
        ))}
      </ul>
      {permitted && announcement !== null && <p class="sub">{t('calls.sayFirst', { announcement })}</p>}
      {permitted && label !== null && <p class="sub">{t('calls.callerIdToShow', { label })}</p>}
    </>
  )
}
