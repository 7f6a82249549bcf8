import { money, title } from '../format.ts'
import { Probability, Told, Verdict } from '../parts.tsx'
import { customerHref } from '../route.ts'
import type { Entry, Order } from './priority-list.ts'
import { t, textIfAny } from '../words/words.ts'
import { Trend } from './trend.tsx'

interface LineProps {
  readonly entry: Entry
  readonly place: number
  readonly order: Order
}

/** An entry of the list: whom to visit, the chance of success, the expected value, why, and what to do. */
export function PriorityLine({ entry, place, order }: LineProps) {
  const { customerId, customerName, product, stage, salespersonId, probability, verdict, action, reasons } = entry
  const about = [product == null ? null : title(product), stage, salespersonId, sinceVisit(entry)]
  return (
    <li>
      <a href={customerHref(customerId)}>
        <span class="place">{place}</span>
        <span class="who">
          <strong>{customerName ?? customerId}</strong>
          <Verdict verdict={verdict} />
          <span class="about">{about.filter((part) => part != null && part !== '').join(' · ')}</span>
          {action != null && (
            <span class="action">{textIfAny('actions', action.code) ?? <Told>{action.text}</Told>}</span>
          )}
          {reasons !== undefined && reasons.length > 0 && (
            <span class="reasons">
              <Told>{reasons.join(' ')}</Told>
            </span>
          )}
          <span class="about">{otherPlace(entry, order)}</span>
        </span>
        <span class="chances">
          <Probability value={probability} />
          <Trend change={entry.trend} isAssumed={entry.probabilityAssumed} />
        </span>
      </a>
    </li>
  )
}

function sinceVisit({ lastVisitAt, daysSinceVisit }: Entry): string | null {
  // The reasons already say if nobody has visited yet.
  if (lastVisitAt == null || daysSinceVisit == null) return null
  return t('visits.daysAgo', { days: daysSinceVisit })
}

/** Describes the expected value of a visit, and the rank in the other order. */
function otherPlace({ rank, valueRank, expectedValueMinor, worthCurrency }: Entry, order: Order): string {
  const brings =
    expectedValueMinor == null || worthCurrency == null
      ? null
      : t('visits.aVisitIsWorth', { expectedValueMinor: money(expectedValueMinor, worthCurrency) })
  const other = order === 'value' ? rank : valueRank
  const words = order === 'value' ? t('visits.byProbability2') : t('visits.byExpectedValue2')
  return [brings, other == null ? null : t('visits.otherPlace', { place: other, order: words })]
    .filter((part) => part !== null)
    .join(' · ')
}
