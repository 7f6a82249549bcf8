import { apiUrl } from '../../api.ts'
import type { Page, PageProps } from '../../page.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { t } from '../../words/words.ts'
import { SalespersonList } from './salesperson-list.tsx'
import { TODAY } from './today-text.ts'
import { TodayView } from './today-view.tsx'

/** Page for salespeople: whom to visit today and why, what changed since yesterday, and the plan of the day. */
export const today: Page = { path: TODAY, title: 'today.today', View: Today }

function Today({ item, live }: PageProps) {
  // Who may see only their own list gets it without asking for it; anybody else gets the overall one.
  const { data, error } = useResource(apiUrl('/priorities', { query: { limit: 1 } }))
  if (error !== undefined) return <Failure>{error}</Failure>
  if (data === undefined) return <Empty>{t('today.loading')}</Empty>
  if (data.scope === 'salesperson')
    return (
      <div class="list-detail">
        <TodayView key={data.owner} salespersonId={data.owner} isOwn priorities={live.priorities} />
      </div>
    )
  return (
    <div class={item === undefined ? 'list-detail' : 'list-detail opened'}>
      <SalespersonList opened={item} />
      {item !== undefined && <TodayView key={item} salespersonId={item} priorities={live.priorities} />}
    </div>
  )
}
