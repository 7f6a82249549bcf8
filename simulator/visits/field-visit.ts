import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../schemas/durations.ts'
import { reportOnly, type Place, type Visit } from '../../schemas/visits/visits.ts'
import { uniform, bernoulli, exponential, logNormal, normal, uniformInteger, type Random } from '../random.ts'
import { near, type FieldCustomer, type FieldPerson, type Point } from './field-people.ts'

/** A mutable visit before it is reported to the CRM. */
export type FieldVisit = { -readonly [K in keyof Visit]: Visit[K] }

/**
 * Returns a phone's position of a place: usually good, sometimes poor and marked as such, outdated, or without an
 * accuracy.
 */
function positionOf(next: Random, place: Point, before: Point | null): Place | null {
  if (bernoulli(next, 0.06)) return null
  if (bernoulli(next, 0.004)) return { latitude: 0, longitude: 0, accuracyM: null, ageS: null, mocked: false }
  const isOld = before !== null && bernoulli(next, 0.02)
  const isPoor = bernoulli(next, 0.05)
  const errorM = isPoor ? logNormal(next, 600, 0.7) : logNormal(next, 12, 0.7)
  const reportedAccuracyM = bernoulli(next, 0.85) ? Math.round(errorM * uniform(next, 1, 2.5)) : null
  return {
    ...near(next, isOld ? before : place, errorM / Math.SQRT2),
    accuracyM: reportedAccuracyM,
    ageS: isOld ? uniformInteger(next, 600, 3_000) : bernoulli(next, 0.8) ? uniformInteger(next, 0, 15) : null,
    mocked: bernoulli(next, 0.9) ? false : null,
  }
}

interface Occasion {
  readonly id: string
  readonly person: FieldPerson
  readonly customer: FieldCustomer
  /** Arrival of the salesperson, ms. */
  readonly at: number
  readonly minutes: number
  readonly text: string
  /** Place of the previous visit. */
  readonly before: Point | null
  /** When the day's reports are written by those who write them in the evening, ms. */
  readonly evening: number
}

/**
 * Creates a real visit with honest irregularities: forgotten buttons, other meeting places, postponed plans, late
 * reports.
 */
export function honestVisit(next: Random, { id, person, customer, at, minutes, text, before, evening }: Occasion) {
  const place = bernoulli(next, 0.05) ? near(next, customer.place, 2_000) : customer.place
  const end = at + minutes * MINUTE_MS
  const checksIn = bernoulli(next, 0.93)
  // Both buttons are pressed when leaving.
  const isLateCheckIn = bernoulli(next, 0.07)
  const checkInAt = checksIn ? Math.round(isLateCheckIn ? end - uniform(next, 2, 60) * 1_000 : at) : null
  const forgets = bernoulli(next, 0.1)
  const checkOutAt =
    checkInAt === null || bernoulli(next, 0.15)
      ? null
      : Math.round(forgets ? end + exponential(next, 3 * HOUR_MS) : end)
  const position = checksIn ? positionOf(next, place, before) : null
  const visit: FieldVisit = {
    ...reportOnly,
    id: `sim-${id}`,
    occurredAt: Math.round(at),
    source: 'simulator',
    visitId: id,
    revision: 0,
    withdrawn: false,
    opportunityId: customer.opportunityId,
    customerId: customer.id,
    salespersonId: person.id,
    text,
    place: position,
    checkInAt,
    checkOutAt,
    checkOutPlace: checkOutAt === null || forgets || bernoulli(next, 0.4) ? null : positionOf(next, place, before),
    enteredAt: Math.round(enteredAt(next, end, evening)),
    ...plan(next, at),
    deviceId: person.device,
    photoHash: bernoulli(next, 0.3) ? `photo-${id}` : null,
  }
  return visit
}

function enteredAt(next: Random, end: number, evening: number): number {
  if (bernoulli(next, 0.5)) return end + exponential(next, 20 * MINUTE_MS)
  if (bernoulli(next, 0.8)) return Math.max(end, evening + uniform(next, 0, 25) * MINUTE_MS)
  return end + exponential(next, 1.2 * DAY_MS)
}

function plan(next: Random, at: number): Pick<Visit, 'plannedFrom' | 'plannedUntil'> {
  if (bernoulli(next, 0.4)) return { plannedFrom: null, plannedUntil: null }
  const putOff = bernoulli(next, 0.06) ? uniform(next, -2, 4) * DAY_MS : normal(next, 0, 40 * MINUTE_MS)
  const plannedFrom = Math.round((at - putOff) / (30 * MINUTE_MS)) * 30 * MINUTE_MS
  return { plannedFrom, plannedUntil: plannedFrom + HOUR_MS }
}
