import { clockTime, dateAndTime } from '../../format.ts'
import type { ComparedVisit, Visit } from './side-by-side.tsx'
import { durationText, timelineSpans, ticksOf, type Span } from './time-scale.ts'
import { t } from '../../words/words.ts'

const WIDTH = 640
const HEIGHT = 44
const WIDTH_MIN = 3

/** The times of both visits on a timeline and in words. */
export function VisitTimes({ visit, other }: { readonly visit: Visit; readonly other: ComparedVisit | undefined }) {
  const visits = other === undefined ? [visit] : [visit, other]
  const lines = timelineSpans(visits)
  return (
    <section aria-labelledby="times-title">
      <h3 id="times-title">{t('common.times')}</h3>
      {visits.map((one, index) => (
        <div key={one.visitId} class="times">
          <strong>{index === 0 ? t('cases.aThisVisit') : t('cases.bTheOtherVisit')}</strong>
          {lines[index] !== undefined && <TimeLine visit={one} span={lines[index]} />}
          <p class="about">{timesText(one)}</p>
        </div>
      ))}
      <p class="about legend" aria-hidden="true">
        <span class="key window" /> {t('cases.plannedWindow')} <span class="key stay" /> {t('cases.checkInToCheckOut')}{' '}
        <span class="key entry" /> {t('cases.entered')}
      </p>
    </section>
  )
}

function TimeLine({ visit, span }: { readonly visit: Visit; readonly span: Span }) {
  const x = (at: number) => ((at - span.from) / (span.to - span.from)) * WIDTH
  const { checkInAt, checkOutAt, enteredAt, plannedFrom, plannedUntil } = visit
  // Short stays, and those with only one known end, get a minimum width to stay visible.
  const bar = (from: string, to: string | null) => {
    const [left, right] = [x(Date.parse(from)), to === null ? 0 : x(Date.parse(to))]
    return { x: left, width: Math.max(WIDTH_MIN, right - left) }
  }
  const start = checkInAt ?? checkOutAt
  const planned = plannedFrom ?? plannedUntil
  const { every, ticks } = ticksOf(span)
  return (
    <>
      <svg
        class="timeline"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={timesText(visit)}
      >
        <path class="axis" d={`M0 38h${WIDTH}${ticks.map((at) => `M${x(at)} 34v8`).join('')}`} />
        {planned !== null && <rect class="window" {...bar(planned, plannedUntil)} y={8} height={30} />}
        {start !== null && <rect class="stay" {...bar(start, checkOutAt)} y={18} height={20} />}
        {enteredAt !== null && <path class="entry" d={`M${x(Date.parse(enteredAt))} 4v38`} />}
      </svg>
      <p class="about ends" aria-hidden="true">
        <span>{dateAndTime(new Date(span.from).toISOString())}</span>
        <span>{t('cases.aMarkEvery', { every: durationText(every) })}</span>
        <span>{dateAndTime(new Date(span.to).toISOString())}</span>
      </p>
    </>
  )
}

function timesText({ checkInAt, checkOutAt, enteredAt, plannedFrom, plannedUntil, occurredAt }: Visit): string {
  const between = (from: string, to: string) => durationText(Date.parse(to) - Date.parse(from))
  const end = checkOutAt ?? checkInAt ?? occurredAt
  const parts = [
    checkInAt === null ? t('cases.checkInUnknown') : t('cases.checkedIn', { checkInAt: dateAndTime(checkInAt) }),
    checkOutAt === null ? t('cases.checkOutUnknown') : t('cases.out', { at: clockTime(checkOutAt) }),
    checkInAt === null || checkOutAt === null ? null : t('cases.there', { duration: between(checkInAt, checkOutAt) }),
    enteredAt === null
      ? t('cases.timeOfEntryUnknown')
      : t('cases.entered2', {
          enteredAt: dateAndTime(enteredAt),
          between: between(end, enteredAt),
          order: enteredAt < end ? 'before' : 'after',
          end: checkOutAt === null ? 'visit' : 'checkOut',
        }),
    plannedFrom === null && plannedUntil === null ? t('cases.noPlannedWindow') : windowText(plannedFrom, plannedUntil),
  ]
  return `${parts.filter((part) => part !== null).join('; ')}.`
}

function windowText(from: string | null, until: string | null): string {
  if (from === null) return t('cases.plannedUntil', { until: dateAndTime(until!) })
  return until === null
    ? t('cases.plannedFrom', { from: dateAndTime(from) })
    : t('cases.plannedTo', { from: dateAndTime(from), until: clockTime(until) })
}
