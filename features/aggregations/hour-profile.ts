import { DAY_MS, HOUR_MS } from '../../schemas/durations.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { reading, type Aggregation, type Condition, type Reading } from '../aggregation.ts'
import { profileKind, timeZoneOf } from '../customers/remembered-profile.ts'
import { zoneOffsetMinutes } from '../time-zone.ts'

const HALF_HOURS = 48
const HALF_HOUR_MS = HOUR_MS / 2

/** Parts of the local day, in hours: from (inclusive), to (exclusive). */
const bands = { night: [0, 6], morning: [6, 12], afternoon: [12, 18], evening: [18, 24] } as const

/**
 * Profile of the local hours at which a customer’s events happen. Counts are kept per half hour of UTC and shifted by
 * the customer’s time zone when a row is read, so that profile and events may arrive in any order. The offset at the
 * row’s time applies to the whole history: events from the other half of a daylight-saving year are an hour off, and
 * zones with quarter-hour offsets are rounded to the half hour.
 */
export function hourProfile<Event extends Envelope>(
  where: Condition<Event> = () => true,
): Readonly<Record<'nightShare' | 'morningShare' | 'afternoonShare' | 'eveningShare' | 'usualHour', Reading<Event>>> {
  const aggregation: Aggregation<Event> = {
    slots: HALF_HOURS,
    kinds: [profileKind],
    fold(slots, start, event) {
      if (!where(event)) return
      const sinceMidnight = ((event.occurredAt % DAY_MS) + DAY_MS) % DAY_MS
      slots[start + Math.floor(sinceMidnight / HALF_HOUR_MS)]! += 1
    },
    combine(slots, start, other) {
      for (let slot = start; slot < start + HALF_HOURS; slot++) slots[slot]! += other[slot]!
    },
  }
  const bandShare = ([from, to]: readonly [number, number]) =>
    reading(aggregation, (slots, start, { state, at }, into, index) => {
      const shift = utcShift(timeZoneOf(state), at)
      let inBand = 0
      let all = 0
      for (let local = 0; local < HALF_HOURS; local++) {
        const events = slots[start + ((local + shift) % HALF_HOURS)]!
        all += events
        if (local >= 2 * from && local < 2 * to) inBand += events
      }
      into[index] = all === 0 ? Number.NaN : inBand / all
    })
  return {
    nightShare: bandShare(bands.night),
    morningShare: bandShare(bands.morning),
    afternoonShare: bandShare(bands.afternoon),
    eveningShare: bandShare(bands.evening),
    usualHour: reading(aggregation, (slots, start, { state, at }, into, index) => {
      const shift = utcShift(timeZoneOf(state), at)
      let usual = Number.NaN
      let most = 0
      for (let hour = 0; hour < 24; hour++) {
        const events =
          slots[start + ((2 * hour + shift) % HALF_HOURS)]! + slots[start + ((2 * hour + 1 + shift) % HALF_HOURS)]!
        if (events <= most) continue
        most = events
        usual = hour
      }
      into[index] = usual
    }),
  }
}

/**
 * Returns the half hours (0 to 47) to add to a local half hour to get that of UTC. The last answer is cached, because
 * each row asks for the same one several times.
 */
const utcShift = (() => {
  const last = { timeZone: '', at: Number.NaN, shift: 0 }
  return (timeZone: string, at: number): number => {
    if (last.at === at && last.timeZone === timeZone) return last.shift
    last.shift = (2 * HALF_HOURS - Math.round(zoneOffsetMinutes(timeZone, at) / 30)) % HALF_HOURS
    last.timeZone = timeZone
    last.at = at
    return last.shift
  }
})()
