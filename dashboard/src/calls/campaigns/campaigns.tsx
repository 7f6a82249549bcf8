import { apiUrl } from '../../api.ts'
import type { Page, PageProps } from '../../page.ts'
import { useResource } from '../../use-resource.ts'
import { CAMPAIGNS } from './campaign-href.ts'
import { CampaignList } from './campaign-list.tsx'
import { CampaignView } from './campaign-view.tsx'

const READ_EVERY_MS = 10_000

/** Page for team leads: the list of campaigns, and one of them in detail. */
export const campaigns: Page = { path: CAMPAIGNS, title: 'campaigns.campaigns', View: Campaigns }

function Campaigns({ item: name }: PageProps) {
  const list = useResource(apiUrl('/campaigns'), READ_EVERY_MS)
  return (
    <div class={name === undefined ? 'list-detail' : 'list-detail opened'}>
      <CampaignList list={list} opened={name} />
      {name !== undefined && <CampaignView key={name} name={name} onChange={list.refresh} />}
    </div>
  )
}
