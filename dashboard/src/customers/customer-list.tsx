import { useState } from 'preact/hooks'
import { apiUrl } from '../api.ts'
import { time } from '../format.ts'
import { Empty, Failure } from '../parts.tsx'
import { customerHref } from '../route.ts'
import { useResource } from '../use-resource.ts'
import { t } from '../words/words.ts'

const PAGE = 50
/** The API's page limit. */
const CUSTOMERS_MAX = 500

/** Every customer by id. One by name is found in the top bar. */
export function CustomerList() {
  const [shown, setShown] = useState(PAGE)
  const { data, error } = useResource(apiUrl('/customers', { query: { limit: shown } }))
  const canShowMore = data !== undefined && data.next !== null && shown < CUSTOMERS_MAX
  return (
    <div class="list-detail">
      <section class="card" aria-labelledby="customers-title">
        <div class="head">
          <div>
            <h2 id="customers-title">{t('visits.customers')}</h2>
            <p class="sub">{t('customers.findOneByNameAbove')}</p>
          </div>
        </div>
        {error !== undefined && <Failure>{error}</Failure>}
        {data === undefined && error === undefined && <Empty>{t('customers.loading')}</Empty>}
        {data?.items.length === 0 && <Empty>{t('customers.noCustomersYet')}</Empty>}
        <ol class="lines">
          {data?.items.map(({ customerId, name, segment, residence, featuresAt }) => (
            <li key={customerId}>
              <a href={customerHref(customerId)} class="flag">
                <span class="row">
                  <strong>{name ?? customerId}</strong>
                  {featuresAt !== null && <span class="about">{time(featuresAt)}</span>}
                </span>
                <span class="about">
                  {[customerId, segment, residence].filter((part) => part !== null).join(' · ')}
                </span>
              </a>
            </li>
          ))}
        </ol>
        {canShowMore && (
          <p class="more">
            <button type="button" class="quiet" onClick={() => setShown(Math.min(CUSTOMERS_MAX, shown + PAGE))}>
              {t('common.showMore')}
            </button>
          </p>
        )}
      </section>
    </div>
  )
}
