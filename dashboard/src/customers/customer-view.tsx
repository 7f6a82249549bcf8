import { useEffect, useRef, useState } from 'preact/hooks'
import { apiUrl, type Customer } from '../api.ts'
import type { LiveBatch } from '../live.ts'
import { Empty, Failure } from '../parts.tsx'
import { customerHref, CUSTOMERS, pageHref } from '../route.ts'
import { SimulationBadge } from '../simulation.tsx'
import { useResource } from '../use-resource.ts'
import { CustomerTabs, TabPanel } from './customer-tab-bar.tsx'
import type { CustomerTab } from './customer-tab.ts'
import { CustomerTimeline } from './timeline/customer-timeline.tsx'
import { t } from '../words/words.ts'

interface CustomerViewProps {
  readonly customerId: string
  readonly tab: CustomerTab
  readonly live: LiveBatch
}

/** A customer: what happened, and everything else that is known. Reloaded when a live message concerns the customer. */
export function CustomerView({ customerId, tab, live }: CustomerViewProps) {
  const { data, error, refresh } = useResource(apiUrl('/customers/{id}', { path: { id: customerId } }))
  const revision = useRevision(customerId, live, refresh)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section class="customer" aria-labelledby="customer-name">
      <header>
        <div>
          <h2 id="customer-name" ref={heading} tabIndex={-1}>
            {data?.name ?? customerId}
          </h2>
          <p class="sub">{data === undefined ? '' : factsOf(data).join(' · ')}</p>
        </div>
        {data?.source === 'simulator' && <SimulationBadge label={t('customers.simulated')} />}
        <a class="quiet" href={pageHref(CUSTOMERS)}>
          {t('customers.allCustomers')}
        </a>
      </header>
      <div class="customer-columns">
        <CustomerTimeline customerId={customerId} revision={revision} />
        <section class="card" aria-label={t('customers.aboutThisCustomer')}>
          {error !== undefined && <Failure>{error}</Failure>}
          {data === undefined && error === undefined && <Empty>{t('customers.loading')}</Empty>}
          {data !== undefined && (
            <>
              <CustomerTabs tab={tab} hrefOf={({ path }) => customerHref(customerId, path)} />
              <TabPanel tab={tab}>
                <tab.View customer={data} revision={revision} />
              </TabPanel>
            </>
          )}
        </section>
      </div>
    </section>
  )
}

/** Counts the live messages that concern the customer, and reloads the customer after each. */
function useRevision(customerId: string, live: LiveBatch, refresh: () => void): number {
  const [revision, setRevision] = useState(0)
  const isAffected = [...live.scores, ...live.assessments, ...live.alerts].some((one) => one.customerId === customerId)
  useEffect(() => {
    if (!isAffected) return
    // The database is a moment behind the stream.
    const timer = setTimeout(() => {
      refresh()
      setRevision((number) => number + 1)
    }, 1_500)
    return () => clearTimeout(timer)
  }, [live, isAffected, refresh])
  return revision
}

function factsOf({ customerId, segment, residence, birthYear, timeZone, attributes }: Customer): string[] {
  const born = birthYear === null ? null : t('customers.born', { year: String(birthYear) })
  return [customerId, segment, residence, born, attributes['occupation'] ?? null, timeZone].filter(
    (fact) => fact !== null,
  )
}
