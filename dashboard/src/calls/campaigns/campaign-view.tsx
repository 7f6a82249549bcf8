import { useEffect, useRef } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { title } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { pageHref } from '../../route.ts'
import { useResource } from '../../use-resource.ts'
import { CAMPAIGNS } from './campaign-href.ts'
import { CampaignCalls } from './campaign-calls.tsx'
import { CampaignFunnel } from './campaign-funnel.tsx'
import { CampaignPacing } from './campaign-pacing.tsx'
import { CampaignQueue } from './campaign-queue.tsx'
import { CampaignRefusals } from './campaign-refusals.tsx'
import { campaignState } from './campaign-state.ts'
import { CampaignSwitch } from './campaign-switch.tsx'
import { t } from '../../words/words.ts'

const READ_EVERY_MS = 10_000

interface CampaignViewProps {
  readonly name: string
  readonly onChange: () => void
}

/** One campaign: its funnel, what holds it up, and who is called next. */
export function CampaignView({ name, onChange }: CampaignViewProps) {
  const { data, error, refresh } = useResource(apiUrl('/campaigns/{name}', { path: { name } }), READ_EVERY_MS)
  const funnel = useResource(apiUrl('/campaigns/{name}/funnel', { path: { name } }), READ_EVERY_MS)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const state = data === undefined ? undefined : campaignState(data.state)

  return (
    <section class="card" aria-labelledby="campaign-title">
      <div class="head">
        <div>
          <h2 id="campaign-title" ref={heading} tabIndex={-1}>
            {name}
          </h2>
          {data !== undefined && (
            <p class="sub">
              {t('campaigns.contactRules2', {
                description: data.description,
                purpose: title(data.purpose),
                jurisdiction: data.jurisdiction,
              })}
            </p>
          )}
        </div>
        {state !== undefined && <span class={`tag ${state.tone}`}>{state.label}</span>}
        <a class="quiet back" href={pageHref(CAMPAIGNS)}>
          {t('campaigns.allCampaigns')}
        </a>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('campaigns.loadingTheCampaign')}</Empty>}
      {data !== undefined && (
        <div class="detail">
          <CampaignSwitch
            campaign={data}
            onChange={() => {
              refresh()
              onChange()
            }}
          />
          <CampaignFunnel funnel={funnel} />
          <CampaignRefusals name={name} state={data.state} funnel={funnel.data} />
          <CampaignQueue campaign={data} />
          <CampaignCalls name={name} />
          <CampaignPacing name={name} />
        </div>
      )}
    </section>
  )
}
