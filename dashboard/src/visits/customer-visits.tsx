import type { Customer } from '../api.ts'
import type { CustomerTab, CustomerTabProps } from '../customers/customer-tab.ts'
import { time } from '../format.ts'
import { Empty } from '../parts.tsx'
import { t } from '../words/words.ts'

/** Tab with the salespeople's reports, newest first. */
export const customerVisits: CustomerTab = { path: 'visits', title: 'visits.visits', View: CustomerVisits }

function CustomerVisits({ customer }: CustomerTabProps) {
  if (customer.visits.length === 0) return <Empty>{t('visits.noVisitsYet')}</Empty>
  return (
    <ol class="visits">
      {customer.visits.map((visit) => (
        <li key={visit.visitId}>
          <p class="about">
            {[time(visit.occurredAt), visit.salespersonId, visit.opportunityId, stayOf(visit)]
              .filter((part) => part !== null)
              .join(' · ')}
          </p>
          <p class="text">{visit.text}</p>
        </li>
      ))}
    </ol>
  )
}

function stayOf({ checkInAt, checkOutAt }: Customer['visits'][number]): string | null {
  if (checkInAt === null || checkOutAt === null) return null
  return t('visits.minutesThere', { minutes: Math.round((Date.parse(checkOutAt) - Date.parse(checkInAt)) / 60_000) })
}
