import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { DAY_MS, HOUR_MS } from '../../../schemas/durations.ts'
import { detector, emptyNeighbourhood, parameter, ramp } from './detector.ts'
import { timesOf, visitsIn } from './visit-columns.ts'

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
  *detect(visits, settings) {
    const times = visits.flatMap(({ at }) => at ?? [])
    const ends = new Set(times.map((at) => endOf(dayOf(at, settings.utcOffsetH), settings.lastDays)))
    ends.delete(NO_END)
    for (const month of ends) {
      const burst = burstAt(month, times, settings)
      if (burst === undefined) continue
      const { count, factor, perDay } = burst
      const text = `${count} visits in the last ${settings['lastDays']} days of ${nameOf(month)}: ${factor.toFixed(1)} times the usual ${perDay.toFixed(1)} a day.`
      const score = 0.4 + 0.6 * ramp(factor, settings.factorMin, 2 * settings.factorMin)
      for (const visit of visits)
        if (visit.at !== null && isAtEndOf(month, visit.at, settings)) yield { visit, score, text, with: null }
    }
  },
  // The usual rate changes slowly: visits are compared again only at the end of a month.
  neighbourhood({ at }, all, settings) {
    const month = at === null ? NO_END : endOf(dayOf(at, settings.utcOffsetH), settings.lastDays)
    if (month === NO_END) return emptyNeighbourhood
    const isCompleteFor = (visit: VisitFacts) => visit.at !== null && isAtEndOf(month, visit.at, settings)
    const hasNoEvidence = burstAt(month, timesOf(all), settings) === undefined
    return { visits: hasNoEvidence ? visitsIn(all).filter(isCompleteFor) : visitsIn(all), isCompleteFor, hasNoEvidence }
  },
  drift: 0.1,
})

type Settings = Readonly<Record<'lastDays' | 'factorMin' | 'visitsMin' | 'historyDays' | 'utcOffsetH', number>>

/** Compares the visits at the end of a month with those of usual days; `undefined`: not a burst. `times` ascend. */
function burstAt(month: number, times: readonly number[], settings: Settings) {
  const { lastDays, factorMin, visitsMin, historyDays, utcOffsetH } = settings
  const [usual, own] = [
    { days: 0, count: 0 },
    { days: 0, count: 0 },
  ]
  let [day, counted]: [number, typeof usual | undefined] = [Number.NaN, undefined]
  for (let i = 0; i < times.length; i++) {
    const next = dayOf(times[i]!, utcOffsetH)
    if (next !== day) {
      day = next
      const end = endOf(day, lastDays)
      counted = end === NO_END ? usual : end === month ? own : undefined
      if (counted !== undefined) counted.days++
    }
    if (counted !== undefined) counted.count++
  }
  if (usual.days < historyDays) return undefined
  const perDay = usual.count / usual.days
  const factor = own.count / own.days / perDay
  return own.count < visitsMin || factor < factorMin ? undefined : { count: own.count, factor, perDay }
}

function isAtEndOf(month: number, at: number, { lastDays, utcOffsetH }: Settings): boolean {
  return endOf(dayOf(at, utcOffsetH), lastDays) === month
}

/** Returns the day of a time, counted from 1970. */
function dayOf(at: number, utcOffsetH: number): number {
  return Math.floor((at + utcOffsetH * HOUR_MS) / DAY_MS)
}

const NO_END = -1

/** Returns the month in whose last days the day lies, as months since the year 0; `NO_END`: in none. */
function endOf(day: number, lastDays: number): number {
  const month = monthOf(day)
  return monthOf(day + lastDays) === month ? NO_END : month
}

/** Days in 400 years, and from 1 March of the year 0 to 1970. */
const [ERA_DAYS, BEFORE_1970_DAYS] = [146_097, 719_468]

/** Returns the month of a day, counted from 1970, without the cost of a `Date` (Hinnant, “chrono-compatible dates”). */
function monthOf(day: number): number {
  const days = day + BEFORE_1970_DAYS
  const era = Math.floor(days / ERA_DAYS)
  const dayOfEra = days - era * ERA_DAYS
  const year = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  return 12 * (year + era * 400) + fromMarch + 2
}

/** Returns the name of a month, such as `2026-01`. */
function nameOf(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
}
