import { date, time } from '../../format.ts'
import { Told, Verdict } from '../../parts.tsx'
import { entryHref } from './timeline-href.ts'
import { aboutText, kindNames, toneOf, whatHappened, type TimelineEntry } from './timeline-text.ts'
import { t } from '../../words/words.ts'

interface TimelineLineProps {
  readonly customerId: string
  readonly entry: TimelineEntry
}

/** An entry of the timeline in a salesperson's words, with a link to what it is about. */
export function TimelineLine({ customerId, entry }: TimelineLineProps) {
  const { kind, occurredAt, events, visit, alert } = entry
  const about = aboutText(entry)
  return (
    <li>
      <a href={entryHref(customerId, entry)} class="flag">
        <span class="row">
          <span class={`tag ${toneOf(entry)}`}>{kindNames()[kind]}</span>
          <span class="about">{events === null ? time(occurredAt) : date(occurredAt)}</span>
        </span>
        <strong>{whatHappened(entry)}</strong>
        {visit !== null && (
          <>
            <Verdict verdict={visit.verdict} />
            <span class="reason told">{visit.text}</span>
          </>
        )}
        {alert !== null && (
          <span class="reason">
            <Told>{alert.text}</Told>
          </span>
        )}
        {alert?.raised === false && <span class="about">{t('customers.withdrawn')}</span>}
        {about !== '' && <span class="about">{about}</span>}
      </a>
    </li>
  )
}
