import type { ApiResponse } from '../../api.ts'
import { count, percent } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import type { Resource } from '../../use-resource.ts'
import { stateCountsText } from './queue-text.ts'
import { t } from '../../words/words.ts'

type Funnel = ApiResponse<'/campaigns/{name}/funnel'>

/** The funnel of a campaign: on the list, called, spoken to, interested. */
export function CampaignFunnel({ funnel: { data, error } }: { readonly funnel: Resource<Funnel> }) {
  return (
    <section aria-labelledby="funnel-title">
      <h3 id="funnel-title">{t('campaigns.progress')}</h3>
      {error !== undefined && <Failure>{error}</Failure>}
      {data?.listed === 0 && <Empty>{t('campaigns.theListIsStillEmpty')}</Empty>}
      {data !== undefined && data.listed > 0 && <Steps funnel={data} />}
    </section>
  )
}

function Steps({ funnel: { listed, called, reached, interested, states } }: { readonly funnel: Funnel }) {
  const steps = [
    [t('campaigns.onTheList'), listed],
    [t('campaigns.called'), called],
    [t('campaigns.reached'), reached],
    [t('campaigns.interested'), interested],
  ] as const
  return (
    <>
      <ol class="funnel">
        {steps.map(([words, customers]) => (
          <li key={words}>
            <span>{words}</span>
            <span class="track" aria-hidden="true">
              <span class="fill" style={{ width: `${(100 * customers) / listed}%` }} />
            </span>
            <strong>{count(customers)}</strong>
            <span class="about">{percent(customers / listed)}</span>
          </li>
        ))}
      </ol>
      <p class="about">{stateCountsText(states)}</p>
    </>
  )
}
