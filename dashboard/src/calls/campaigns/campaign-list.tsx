import type { ApiResponse } from '../../api.ts'
import { title } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import type { Resource } from '../../use-resource.ts'
import { campaignHref } from './campaign-href.ts'
import { campaignState, inOrder, type Campaign } from './campaign-state.ts'
import { rich, t } from '../../words/words.ts'

interface CampaignListProps {
  readonly list: Resource<ApiResponse<'/campaigns'>>
  readonly opened: string | undefined
}

export function CampaignList({ list: { data, error }, opened }: CampaignListProps) {
  return (
    <section class="card" aria-labelledby="campaigns-title">
      <div class="head">
        <div>
          <h2 id="campaigns-title">{t('campaigns.campaigns')}</h2>
          <p class="sub">{t('campaigns.runningOnesFirst')}</p>
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('campaigns.loadingTheCampaigns')}</Empty>}
      {data?.items.length === 0 && (
        <Empty>
          {rich('campaigns.noCampaignsYet', {
            api: (words) => <a href="/docs">{words}</a>,
            request: <code>PUT /campaigns/{'{name}'}</code>,
            command: <code>scoreline campaigns import</code>,
          })}
        </Empty>
      )}
      <ol class="lines">
        {inOrder(data?.items ?? []).map((campaign) => (
          <Line key={campaign.name} campaign={campaign} isOpened={campaign.name === opened} />
        ))}
      </ol>
    </section>
  )
}

function Line({ campaign, isOpened }: { readonly campaign: Campaign; readonly isOpened: boolean }) {
  const { name, description, state, purpose, jurisdiction } = campaign
  const { label, tone } = campaignState(state)
  return (
    <li>
      <a href={campaignHref(name)} class="flag" aria-current={isOpened ? 'true' : undefined}>
        <span class="row">
          <strong>{name}</strong>
          <span class={`tag ${tone}`}>{label}</span>
        </span>
        <span class="reason">{description}</span>
        <span class="about">{t('campaigns.contactRules', { purpose: title(purpose), jurisdiction })}</span>
      </a>
    </li>
  )
}
