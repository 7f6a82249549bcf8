import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { DAY_MS, HOUR_MS } from '../../../schemas/durations.ts'
import { detector, emptyNeighbourhood, parameter, ramp } from './detector.ts'
import { visitsIn } from './visit-columns.ts'

export const burstBeforePeriodEnd = detector({
  kind: 'burst-before-period-end',
  group: 'salesperson',
  means: 'The salesperson made far more visits than usual in the last days of a month, probably to fill a quota.',
  cannotKnow: 'Whether the end of the month really was busy. On its own it never makes a visit suspicious.',
  weights: { false: 0.15, invalid: 0.1 },
  parameters: {
    lastDays: parameter(3, 1, 10, 'days that count as the end of a month'),
    factorMin: parameter(3, 1.5, 20, 'minimum ratio of visits per day to the usual number'),
    visitsMin: parameter(10, 2, 1_000, 'minimum number of visits in a burst'),
    historyDays: parameter(20, 5, 180, 'minimum number of other days with visits, to know what is usual'),
    utcOffsetH: parameter(0, -12, 14, 'UTC offset of the calendar months, hours'),
  },
  *detect(visits, { lastDays, factorMin, visitsMin, historyDays, utcOffsetH }) {
    const byDay = Map.groupBy(
      visits.filter(({ at }) => at !== null),
      ({ at }) => Math.floor((at! + utcOffsetH! * HOUR_MS) / DAY_MS),
    )
    const days = [...byDay].map(([day, made]) => ({ made, end: endOf(day, lastDays!) }))
    const usual = days.filter(({ end }) => end === undefined)
    if (usual.length < historyDays!) return
    const perDay = usual.reduce((sum, { made }) => sum + made.length, 0) / usual.length
    const ends = Map.groupBy(
      days.filter(({ end }) => end !== undefined),
      ({ end }) => end!,
    )
    for (const [month, ofEnd] of ends) {
      const made: VisitFacts[] = ofEnd.flatMap((day) => day.made)
      const factor = made.length / ofEnd.length / perDay
      if (made.length < visitsMin! || factor < factorMin!) continue
      const text = `${made.length} visits in the last ${lastDays} days of ${month}: ${factor.toFixed(1)} times the usual ${perDay.toFixed(1)} a day.`
      for (const visit of made)
        yield { visit, score: 0.4 + 0.6 * ramp(factor, factorMin!, 2 * factorMin!), text, with: null }
    }
  },
  // The usual rate changes slowly: visits are compared again only at the end of a month.
  neighbourhood({ at }, all, { lastDays, utcOffsetH }) {
    const monthOf = (time: number) => endOf(Math.floor((time + utcOffsetH! * HOUR_MS) / DAY_MS), lastDays!)
    const month = at === null ? undefined : monthOf(at)
    if (month === undefined) return emptyNeighbourhood
    return { visits: visitsIn(all), isCompleteFor: (visit) => visit.at !== null && monthOf(visit.at) === month }
  },
  drift: 0.1,
})

/** Returns the month (`2026-01`) in whose last days the day lies, counted from 1970; `undefined`: in none. */
function endOf(day: number, lastDays: number): string | undefined {
  const date = new Date(day * DAY_MS)
  const after = new Date((day + lastDays) * DAY_MS)
  return after.getUTCMonth() === date.getUTCMonth() ? undefined : date.toISOString().slice(0, 7)
}
