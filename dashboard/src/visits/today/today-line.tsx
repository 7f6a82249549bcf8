import { money, title } from '../../format.ts'
import { Probability, Told, Verdict } from '../../parts.tsx'
import { customerHref } from '../../route.ts'
import { WhyScore } from '../../customers/why-score.tsx'
import { t, textIfAny } from '../../words/words.ts'
import type { Order } from '../priority-list.ts'
import { Trend } from '../trend.tsx'
import { whyText, type TodayEntry } from './today-text.ts'

interface TodayLineProps {
  readonly entry: TodayEntry
  readonly order: Order
}

/** Whom to visit, what to do there, and why; the sentences of the platform and the model’s reasons on request. */
export function TodayLine({ entry, order }: TodayLineProps) {
  const { customerId, customerName, product, stage, verdict, action, reasons, place, opportunityId } = entry
  const about = [product, stage].flatMap((part) => (part === null || part === '' ? [] : [title(part)]))
  return (
    <li>
      <span class="place">{place}</span>
      <div class="who">
        <a href={customerHref(customerId)}>
          <strong>{customerName ?? customerId}</strong>
        </a>
        <Verdict verdict={verdict} />
        <span class="about">{about.join(' · ')}</span>
        {action !== null && (
          <span class="action">{textIfAny('actions', action.code) ?? <Told>{action.text}</Told>}</span>
        )}
        <span class="reasons">{whyText(entry)}</span>
        <details class="about">
          <summary>{t('today.moreReasons')}</summary>
          <ul class="plain">
            {reasons.map((reason) => (
              <li key={reason}>
                <Told>{reason}</Told>
              </li>
            ))}
          </ul>
          {entry.probabilityAssumed ? t('today.assumedProbability') : <WhyScore opportunityId={opportunityId} />}
        </details>
      </div>
      <Chances entry={entry} order={order} />
    </li>
  )
}

/** The probability and the value of a visit, and the place in the other order. */
function Chances({ entry, order }: TodayLineProps) {
  const { probability, probabilityAssumed, trend, expectedValueMinor, worthCurrency, rank, valueRank } = entry
  const other = order === 'value' ? rank : valueRank
  return (
    <span class="chances">
      <Probability value={probability} />
      <Trend change={trend} isAssumed={probabilityAssumed} />
      {expectedValueMinor !== null && worthCurrency !== null && (
        <span class="about">
          {t('visits.aVisitIsWorth', { expectedValueMinor: money(expectedValueMinor, worthCurrency) })}
        </span>
      )}
      {other !== null && (
        <span class="about">
          {t('visits.otherPlace', {
            place: other,
            order: order === 'value' ? t('visits.byProbability2') : t('visits.byExpectedValue2'),
          })}
        </span>
      )}
    </span>
  )
}
