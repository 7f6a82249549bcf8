import { zoneOffsetMinutes } from '../../../features/time-zone.ts'
import { DAY_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import type { AlertCandidate } from '../../../schemas/visits/alert-admissions.ts'
import { numericState, type KeyedState } from '../../processor.ts'

/** Days during which a visit is not admitted again; by then its case has lapsed. */
const REMEMBERED_DAYS = 400

/** The current day, counted from 1970, and its number of alerts. */
const dayKind = numericState('day', 2)
/** Alerts of the current day by salesperson. */
const personKind = numericState('person', 1)
/** The day on which an alert was admitted, by kind and visit; the second index is ordered by day. */
const admittedKind = numericState('admitted', 1)
const admittedOnKind = numericState('admitted-on', 1)

export const dayKinds = [dayKind, personKind, admittedKind, admittedOnKind] as const

interface Limits {
  readonly alertsPerDay: number
  readonly alertsPerSalespersonPerDay: number
}

/** Starts the day of `now` if it is later than the current one; returns whether it did. */
export function beginDay(memory: KeyedState, now: number, timeZone: string): boolean {
  const day = Math.floor((now + zoneOffsetMinutes(timeZone, now) * MINUTE_MS) / DAY_MS)
  if (day <= (memory.get(dayKind, '')?.[0] ?? Number.NEGATIVE_INFINITY)) return false
  memory.put(dayKind, '', Float64Array.of(day, 0))
  for (const [salespersonId] of [...memory.scan(personKind)]) memory.delete(personKind, salespersonId)
  forgetBefore(memory, day - REMEMBERED_DAYS)
  return true
}

export function isWithinLimits(memory: KeyedState, { salespersonId }: AlertCandidate, limits: Limits): boolean {
  const ofPerson = memory.get(personKind, salespersonId)?.[0] ?? 0
  return memory.get(dayKind, '')![1]! < limits.alertsPerDay && ofPerson < limits.alertsPerSalespersonPerDay
}

/** Records the admission and counts the alert; a candidate without a kind raises none and takes no room. */
export function admit(memory: KeyedState, candidate: AlertCandidate): void {
  const [day, count] = memory.get(dayKind, '')!
  const { kind, salespersonId } = candidate
  memory.put(admittedKind, nameOf(candidate), Float64Array.of(day!))
  memory.put(admittedOnKind, onDay(day!, candidate), Float64Array.of(day!))
  if (kind === null) return
  memory.put(dayKind, '', Float64Array.of(day!, count! + 1))
  memory.put(personKind, salespersonId, Float64Array.of((memory.get(personKind, salespersonId)?.[0] ?? 0) + 1))
}

export function wasAdmitted(memory: KeyedState, candidate: AlertCandidate): boolean {
  return memory.get(admittedKind, nameOf(candidate)) !== undefined
}

/** Revokes the admission of an alert that has been snoozed since: it needs room again. */
export function revokeAdmission(memory: KeyedState, candidate: AlertCandidate): void {
  const day = memory.get(admittedKind, nameOf(candidate))?.[0]
  if (day === undefined) return
  memory.delete(admittedKind, nameOf(candidate))
  memory.delete(admittedOnKind, onDay(day, candidate))
}

function forgetBefore(memory: KeyedState, day: number): void {
  const gone: string[] = []
  for (const [id, [on]] of memory.scan(admittedOnKind)) {
    if (on! >= day) break
    gone.push(id)
  }
  for (const id of gone) {
    memory.delete(admittedOnKind, id)
    memory.delete(admittedKind, id.slice(id.indexOf('/') + 1))
  }
}

const nameOf = ({ visitId, kind }: AlertCandidate) => `${kind ?? 'none'}/${visitId}`
/** The day is offset so that days before 1970 sort first too. */
const onDay = (day: number, candidate: AlertCandidate) =>
  `${String(day + 1_000_000).padStart(8, '0')}/${nameOf(candidate)}`
