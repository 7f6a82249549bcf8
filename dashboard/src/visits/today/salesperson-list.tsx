import { apiUrl } from '../../api.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { t } from '../../words/words.ts'
import { todayHref } from './today-text.ts'

const READ_EVERY_MS = 30_000

/** Everybody who has a list, to open their day. */
export function SalespersonList({ opened }: { readonly opened: string | undefined }) {
  const { data, error } = useResource(apiUrl('/priorities/owners'), READ_EVERY_MS)
  const people = data?.items.filter(({ scope }) => scope === 'salesperson')
  return (
    <section class="card" aria-labelledby="salespeople-title">
      <div class="head">
        <div>
          <h2 id="salespeople-title">{t('today.today')}</h2>
          <p class="sub">{t('today.chooseASalesperson')}</p>
        </div>
      </div>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('today.loading')}</Empty>}
      {people?.length === 0 && <Empty>{t('today.nobodyHasAListYet')}</Empty>}
      <ol class="lines">
        {people?.map(({ owner, openCount }) => (
          <li key={owner}>
            <a href={todayHref(owner)} class="flag" aria-current={owner === opened ? 'true' : undefined}>
              <span class="row">
                <strong>{owner}</strong>
                <span class="about">{t('visits.openOpportunities2', { openCount })}</span>
              </span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  )
}
