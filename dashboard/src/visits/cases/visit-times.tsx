import { clockTime, dateAndTime } from '../../format.ts'
import type { Other, Visit } from './side-by-side.tsx'
import { lengthOfTime, linesOf, type Span } from './time-scale.ts'

const WIDTH = 640
const HEIGHT = 58
const SIDE = 8

/** The minutes of both visits on a line, and the same in words. */
export function VisitTimes({ visit, other }: { readonly visit: Visit; readonly other: Other | undefined }) {
  const visits = other === undefined ? [visit] : [visit, other]
  const lines = linesOf(visits)
  return (
    <section aria-labelledby="times-title">
      <h3 id="times-title">Times</h3>
      {visits.map((one, index) => (
        <div key={one.visitId} class="times">
          <strong>{index === 0 ? 'A: this visit' : 'B: the other visit'}</strong>
          {lines[index] !== undefined && <TimeLine visit={one} span={lines[index]} />}
          <p class="about">{timeWords(one)}</p>
        </div>
      ))}
      <p class="about legend" aria-hidden="true">
        <span class="key window" /> planned window <span class="key stay" /> check-in to check-out{' '}
        <span class="key entry" /> entered
      </p>
    </section>
  )
}

function TimeLine({ visit, span }: { readonly visit: Visit; readonly span: Span }) {
  const x = (iso: string) => SIDE + ((Date.parse(iso) - span.from) / (span.to - span.from)) * (WIDTH - 2 * SIDE)
  const { checkInAt, checkOutAt, enteredAt, plannedFrom, plannedUntil } = visit
  // What lasts a moment on this line must be seen all the same, as what has only one end told.
  const width = (from: string, to: string | null) => (to === null ? 2 : Math.max(2, x(to) - x(from)))
  const start = checkInAt ?? checkOutAt
  const planned = plannedFrom ?? plannedUntil
  return (
    <svg class="timeline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={timeWords(visit)}>
      <line x1={SIDE} x2={WIDTH - SIDE} y1={38} y2={38} />
      {planned !== null && (
        <rect class="window" x={x(planned)} y={8} width={width(planned, plannedUntil)} height={30} rx={3} />
      )}
      {start !== null && <rect class="stay" x={x(start)} y={18} width={width(start, checkOutAt)} height={20} rx={2} />}
      {enteredAt !== null && <path class="entry" d={`M${x(enteredAt)} 4v40`} />}
      <text x={SIDE} y={HEIGHT - 4}>
        {dateAndTime(new Date(span.from).toISOString())}
      </text>
      <text x={WIDTH - SIDE} y={HEIGHT - 4} text-anchor="end">
        {dateAndTime(new Date(span.to).toISOString())}
      </text>
    </svg>
  )
}

function timeWords({ checkInAt, checkOutAt, enteredAt, plannedFrom, plannedUntil, occurredAt }: Visit): string {
  const between = (from: string, to: string) => lengthOfTime(Date.parse(to) - Date.parse(from))
  const end = checkOutAt ?? checkInAt ?? occurredAt
  const parts = [
    checkInAt === null ? 'Check-in not told' : `Checked in ${dateAndTime(checkInAt)}`,
    checkOutAt === null ? 'check-out not told' : `out ${clockTime(checkOutAt)}`,
    checkInAt === null || checkOutAt === null ? null : `${between(checkInAt, checkOutAt)} there`,
    enteredAt === null
      ? 'time of entry not told'
      : `entered ${dateAndTime(enteredAt)}, ${between(end, enteredAt)} ${enteredAt < end ? 'before' : 'after'} ${checkOutAt === null ? 'the visit' : 'check-out'}`,
    plannedFrom === null && plannedUntil === null ? 'no window was planned' : windowWords(plannedFrom, plannedUntil),
  ]
  return `${parts.filter((part) => part !== null).join('; ')}.`
}

function windowWords(from: string | null, until: string | null): string {
  if (from === null) return `planned until ${dateAndTime(until!)}`
  return until === null ? `planned from ${dateAndTime(from)}` : `planned ${dateAndTime(from)} to ${clockTime(until)}`
}
