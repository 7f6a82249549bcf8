import { lowerBound } from '../../../features/lower-bound.ts'
import { idPart } from '../../../features/string-hash.ts'
import { rangeOf, type KnownPlace } from '../../../features/visits/places.ts'
import type { Point, Position } from '../../../features/visits/positions.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { SECOND_MS } from '../../../schemas/durations.ts'
import type { RepeatedPositions } from './repeated-share.ts'

/** A visit with its customer's places near the check-in at that time, where they are known. */
export type ColumnVisit = VisitFacts & { readonly places?: readonly Omit<KnownPlace, 'name'>[] }

/** The searched fields of a group's visits as columns; visits are appended. */
interface ColumnBuffer extends Readonly<Record<Column, number[]>> {
  readonly visits: ColumnVisit[]
}

/** Time of the visit, ms; position of the check-in, degrees; time of entry, ms; the stay; marks. */
type Column = 'times' | 'latitudes' | 'longitudes' | 'entered' | StayColumn | 'marks'
/** When the check-in's position was measured; when and where the stay ended, at the check-in if it is not known. */
type StayColumn = 'began' | 'ended' | 'endLatitudes' | 'endLongitudes'

/**
 * Visits of one group in order of (time, visit id), with their searched fields as columns: scanning contiguous numbers
 * is far cheaper than going through the visits. NaN: not known. Columns are immutable: those with one visit more at the
 * end share the buffer of those before, which do not read so far.
 */
export interface VisitColumns {
  readonly buffer: ColumnBuffer
  /** Index of the first visit in the buffer. */
  readonly from: number
  readonly count: number
  /** Number of visits by salesperson. */
  readonly people: ReadonlyMap<string | null, number>
  /** Counts over the positions of the check-ins. */
  readonly positions: RepeatedPositions
}

const COLUMNS = [
  ...(['times', 'latitudes', 'longitudes', 'entered'] as const),
  ...(['began', 'ended', 'endLatitudes', 'endLongitudes', 'marks'] as const),
]

/**
 * Marks of a visit: it has a position, of check-in or check-out; its check-in lies outside of the customer's known
 * places; its check-in equals one of them to the last digit; where its stay ended was not measured, but is assumed.
 */
export const PLACED = 1
export const OUTSIDE = 2
const AT_PLACE = 4
export const END_ASSUMED = 8
/** The check-in can be compared with a known place. */
const COMPARABLE = 16
/** Defaults for what counts as outside, in metres and seconds, where neither place nor position state it. */
export const RANGE = { radiusM: 300, accuracyUnknownM: 200, ageMaxS: 900 }

export function columnsOf(visits: readonly ColumnVisit[]): VisitColumns {
  const buffer = emptyBuffer()
  for (const visit of visits) write(buffer, visit)
  const people = new Map<string | null, number>()
  for (const { salespersonId } of visits) people.set(salespersonId, (people.get(salespersonId) ?? 0) + 1)
  const measured = visits.filter(({ checkIn }) => checkIn !== null)
  const alike = Map.groupBy(measured, ({ checkIn }) => `${checkIn!.latitude},${checkIn!.longitude}`)
  const repeated = [...alike.values()].reduce(
    (sum, equal) => sum + (equal.length > 1 || isAtPlace(equal[0]!) ? equal.length : 0),
    0,
  )
  return { buffer, from: 0, count: visits.length, people, positions: { measured: measured.length, repeated } }
}

export function visitAt({ buffer, from }: VisitColumns, place: number): VisitFacts {
  return buffer.visits[from + place]!
}

/** Returns all visits in order. */
export function visitsIn({ buffer, from, count }: VisitColumns): VisitFacts[] {
  return buffer.visits.slice(from, from + count)
}

/** Returns columns without the visit `gone` and with the visit `come`; `undefined`: none. */
export function withVisit(
  columns: VisitColumns,
  removed: ColumnVisit | undefined,
  added: ColumnVisit | undefined,
): VisitColumns {
  const left = removed === undefined ? columns : without(columns, removed)
  return added === undefined ? left : withOne(left, added)
}

function without(columns: VisitColumns, removed: ColumnVisit): VisitColumns {
  const { buffer, from, count } = columns
  const place = placeOf(columns, removed)
  const others = { ...columns, people: counted(columns, removed, -1), count: count - 1 }
  const left =
    place === 0
      ? { ...others, from: from + 1 }
      : place === count - 1
        ? others
        : {
            ...others,
            buffer: copied(buffer, [from, from + place], undefined, [from + place + 1, from + count]),
            from: 0,
          }
  return { ...left, positions: positionsWith(left, removed, -1) }
}

/** Removed visits that may stay in the buffer, in excess of the current ones, before it is copied to free memory. */
const FORGOTTEN_MAX = 64

function withOne(columns: VisitColumns, added: ColumnVisit): VisitColumns {
  const { buffer, from, count } = columns
  const place = placeOf(columns, added)
  const more = {
    ...{ people: counted(columns, added, 1), positions: positionsWith(columns, added, 1), count: count + 1 },
  }
  // Appends in place only if no other columns have appended to the buffer.
  const isLast = place === count && from + count === buffer.visits.length && from <= count + FORGOTTEN_MAX
  if (!isLast)
    return { ...more, buffer: copied(buffer, [from, from + place], added, [from + place, from + count]), from: 0 }
  write(buffer, added)
  return { ...more, buffer, from }
}

/** Returns the counts after a visit was added (1) or removed (-1), given the other visits. */
function positionsWith(others: VisitColumns, visit: ColumnVisit, by: 1 | -1): RepeatedPositions {
  const { measured, repeated } = others.positions
  if (visit.checkIn === null) return others.positions
  const equal = equalPositions(others, visit.checkIn, false) as ColumnVisit[]
  const own = equal.length > 0 || isAtPlace(visit) ? 1 : 0
  const other = equal.length === 1 && !isAtPlace(equal[0]!) ? 1 : 0
  return { measured: measured + by, repeated: repeated + by * (own + other) }
}

/** Whether the check-in equals a known place of the customer to the last digit. */
export function isAtPlace({ checkIn, places = [] }: ColumnVisit): boolean {
  return (
    checkIn !== null && places.some((one) => one.latitude === checkIn.latitude && one.longitude === checkIn.longitude)
  )
}

function counted(
  { people }: VisitColumns,
  { salespersonId }: VisitFacts,
  by: 1 | -1,
): ReadonlyMap<string | null, number> {
  const left = (people.get(salespersonId) ?? 0) + by
  const next = new Map(people)
  if (left === 0) next.delete(salespersonId)
  else next.set(salespersonId, left)
  return next
}

type Part = readonly [from: number, until: number]

/** Copies two parts of a buffer, with an optional visit between them. */
function copied(buffer: ColumnBuffer, before: Part, added: ColumnVisit | undefined, behind: Part): ColumnBuffer {
  const next = emptyBuffer()
  const copy = ([from, until]: Part) => {
    for (let i = from; i < until; i++) next.visits.push(buffer.visits[i]!)
    for (const column of COLUMNS) for (let i = from; i < until; i++) next[column].push(buffer[column][i]!)
  }
  copy(before)
  if (added !== undefined) write(next, added)
  copy(behind)
  return next
}

/** Uses plain arrays rather than typed ones, since most groups are small and there are many. */
function emptyBuffer(): ColumnBuffer {
  return {
    visits: [],
    ...{ times: [], latitudes: [], longitudes: [], entered: [] },
    ...{ began: [], ended: [], endLatitudes: [], endLongitudes: [], marks: [] },
  }
}

function write(buffer: ColumnBuffer, visit: ColumnVisit): void {
  const { at, checkInAt, checkOutAt, checkIn, checkOut, enteredAt, places = [] } = visit
  const end = checkOut ?? checkIn
  buffer.visits.push(visit)
  buffer.times.push(at ?? Number.NaN)
  buffer.latitudes.push(checkIn?.latitude ?? Number.NaN)
  buffer.longitudes.push(checkIn?.longitude ?? Number.NaN)
  buffer.entered.push(enteredAt ?? Number.NaN)
  buffer.began.push(measuredAt(checkInAt ?? at, checkIn))
  buffer.ended.push(measuredAt(checkOutAt, end))
  buffer.endLatitudes.push(end?.latitude ?? Number.NaN)
  buffer.endLongitudes.push(end?.longitude ?? Number.NaN)
  const range = rangeOf(checkIn, places.map(withoutName), RANGE).is
  buffer.marks.push(
    (checkIn !== null || checkOut !== null ? PLACED : 0) |
      (range === 'out of range' ? OUTSIDE : 0) |
      (range === 'unverifiable' ? 0 : COMPARABLE) |
      (isAtPlace(visit) ? AT_PLACE : 0) |
      (checkOut === null ? END_ASSUMED : 0),
  )
}

/** Returns when the position was measured, ms: the time less the position's age. */
export function measuredAt(at: number | null, position: Position | null): number {
  return at === null || position === null ? Number.NaN : at - (position.ageS ?? 0) * SECOND_MS
}

export function withoutName(place: Omit<KnownPlace, 'name'>): KnownPlace {
  return { name: null, ...place }
}

/** Returns the index at which the visit is, or belongs. */
function placeOf(columns: VisitColumns, { at, visitId }: VisitFacts): number {
  const { count } = columns
  let place = firstFrom(columns, at!)
  while (place < count && timeAt(columns, place) === at && idPart(visitAt(columns, place).visitId) < idPart(visitId))
    place++
  return place
}

export function timeAt({ buffer, from }: VisitColumns, place: number): number {
  return buffer.times[from + place]!
}

/** Returns the times of all visits in order. */
export function timesOf({ buffer, from, count }: VisitColumns): number[] {
  return buffer.times.slice(from, from + count)
}

/** Returns the index of the first visit that is not before `at`. */
export function firstFrom(columns: VisitColumns, at: number): number {
  return lowerBound(columns.count, (place) => !(timeAt(columns, place) < at))
}

/** Returns the visits entered between two times, both included. */
export function enteredWithin({ buffer, from, count }: VisitColumns, first: number, last: number): VisitFacts[] {
  const { visits, entered } = buffer
  const found: VisitFacts[] = []
  for (let i = from; i < from + count; i++) if (entered[i]! >= first && entered[i]! <= last) found.push(visits[i]!)
  return found
}

/** Returns the visits with a mark that were checked in within `degrees` of latitude and of longitude from a point. */
export function markedAround(
  { buffer, from, count }: VisitColumns,
  { latitude, longitude }: Point,
  degrees: number,
  mark: number,
): VisitFacts[] {
  const { visits, latitudes, longitudes, marks } = buffer
  const found: VisitFacts[] = []
  for (let i = from; i < from + count; i++)
    if (
      (marks[i]! & mark) !== 0 &&
      Math.abs(latitudes[i]! - latitude) <= degrees &&
      Math.abs(longitudes[i]! - longitude) <= degrees
    )
      found.push(visits[i]!)
  return found
}

/** Counts the check-ins that can be compared with a known place, and those outside of it. */
export function markCounts({ buffer: { marks }, from, count }: VisitColumns): { out: number; compared: number } {
  let [out, compared] = [0, 0]
  for (let i = from; i < from + count; i++) {
    if ((marks[i]! & OUTSIDE) !== 0) out++
    if ((marks[i]! & COMPARABLE) !== 0) compared++
  }
  return { out, compared }
}

export function hasMark({ buffer, from }: VisitColumns, place: number, mark: number): boolean {
  return (buffer.marks[from + place]! & mark) !== 0
}

/** Returns the visits whose check-in equals a position to the last digit; `orAtPlaces`: and those at a known place. */
export function equalPositions({ buffer, from, count }: VisitColumns, point: Point, orAtPlaces: boolean): VisitFacts[] {
  const { visits, latitudes, longitudes, marks } = buffer
  const found: VisitFacts[] = []
  for (let i = from; i < from + count; i++) {
    const isEqual = latitudes[i] === point.latitude && longitudes[i] === point.longitude
    if (isEqual || (orAtPlaces && (marks[i]! & AT_PLACE) !== 0)) found.push(visits[i]!)
  }
  return found
}
