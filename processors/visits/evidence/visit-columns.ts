import { firstPlace } from '../../../features/first-place.ts'
import { idPart } from '../../../features/string-hash.ts'
import { rangeOf, type KnownPlace } from '../../../features/visits/places.ts'
import type { Point, Position } from '../../../features/visits/positions.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { SECOND_MS } from '../../../schemas/durations.ts'
import type { RepeatedPositions } from './repeated-share.ts'

/** A visit, with what its customer's places near its check-in were at that time, where that was told. */
export type ColumnVisit = VisitFacts & { readonly places?: readonly Omit<KnownPlace, 'name'>[] }

/** What is looked for among all visits of a group, side by side; more are added at the end. */
interface Room extends Readonly<Record<Column, number[]>> {
  readonly visits: ColumnVisit[]
}

/** When it was, ms; the position of its check-in, degrees; when it was entered, ms. */
type Column = 'times' | 'latitudes' | 'longitudes' | 'entered' | StayColumn | 'marks'
/** When that position was true; when the stay ended, and where: at the check-in if it is not told. */
type StayColumn = 'began' | 'ended' | 'endLatitudes' | 'endLongitudes'

/**
 * Visits of one group in order of (time, visit id), with what is looked for among all of them side by side: to go
 * through numbers that lie together costs a small part of going through the visits. NaN where it is not known. Columns
 * never change: those with one visit more at the end share the room of those before, which do not look so far.
 */
export interface VisitColumns {
  readonly room: Room
  /** The place in it of the first one. */
  readonly from: number
  readonly count: number
  /** How many visits each salesperson made. */
  readonly people: ReadonlyMap<string | null, number>
  /** Of the check-ins. */
  readonly positions: RepeatedPositions
}

const COLUMNS = [
  ...(['times', 'latitudes', 'longitudes', 'entered'] as const),
  ...(['began', 'ended', 'endLatitudes', 'endLongitudes', 'marks'] as const),
]

/**
 * Where a position is told, of check-in or check-out; where it lies outside of the customer's known places; where it is
 * one of them to the last digit.
 */
export const PLACED = 1
export const OUTSIDE = 2
const AT_PLACE = 4
/** What counts as outside, in metres and seconds, if neither place nor position say more. */
export const RANGE = { radiusM: 300, accuracyUnknownM: 200, ageMaxS: 900 }

export function columnsOf(visits: readonly ColumnVisit[]): VisitColumns {
  const room = emptyRoom()
  for (const visit of visits) write(room, visit)
  const people = new Map<string | null, number>()
  for (const { salespersonId } of visits) people.set(salespersonId, (people.get(salespersonId) ?? 0) + 1)
  const measured = visits.filter(({ checkIn }) => checkIn !== null)
  const alike = Map.groupBy(measured, ({ checkIn }) => `${checkIn!.latitude},${checkIn!.longitude}`)
  const repeated = [...alike.values()].reduce(
    (sum, equal) => sum + (equal.length > 1 || isAtPlace(equal[0]!) ? equal.length : 0),
    0,
  )
  return { room, from: 0, count: visits.length, people, positions: { measured: measured.length, repeated } }
}

export function visitAt({ room, from }: VisitColumns, place: number): VisitFacts {
  return room.visits[from + place]!
}

/** All of them, in order. */
export function visitsIn({ room, from, count }: VisitColumns): VisitFacts[] {
  return room.visits.slice(from, from + count)
}

/** With one visit less, or one more at its place; `undefined`: none. */
export function withVisit(
  columns: VisitColumns,
  gone: ColumnVisit | undefined,
  come: ColumnVisit | undefined,
): VisitColumns {
  const left = gone === undefined ? columns : without(columns, gone)
  return come === undefined ? left : withOne(left, come)
}

function without(columns: VisitColumns, gone: ColumnVisit): VisitColumns {
  const { room, from, count } = columns
  const place = placeOf(columns, gone)
  const others = { ...columns, people: counted(columns, gone, -1), count: count - 1 }
  const left =
    place === 0
      ? { ...others, from: from + 1 }
      : place === count - 1
        ? others
        : { ...others, room: copied(room, [from, from + place], undefined, [from + place + 1, from + count]), from: 0 }
  return { ...left, positions: positionsWith(left, gone, -1) }
}

/** Fewer forgotten ones may stay in the room, whose memory they take. */
const FORGOTTEN_MAX = 64

function withOne(columns: VisitColumns, come: ColumnVisit): VisitColumns {
  const { room, from, count } = columns
  const place = placeOf(columns, come)
  const more = {
    ...{ people: counted(columns, come, 1), positions: positionsWith(columns, come, 1), count: count + 1 },
  }
  // Nobody else has written behind the last one.
  const isLast = place === count && from + count === room.visits.length && from <= count + FORGOTTEN_MAX
  if (!isLast) return { ...more, room: copied(room, [from, from + place], come, [from + place, from + count]), from: 0 }
  write(room, come)
  return { ...more, room, from }
}

/** With a visit more, or one less than there were beside these. */
function positionsWith(others: VisitColumns, visit: ColumnVisit, by: 1 | -1): RepeatedPositions {
  const { measured, repeated } = others.positions
  if (visit.checkIn === null) return others.positions
  const equal = equalPositions(others, visit.checkIn, false) as ColumnVisit[]
  const own = equal.length > 0 || isAtPlace(visit) ? 1 : 0
  const other = equal.length === 1 && !isAtPlace(equal[0]!) ? 1 : 0
  return { measured: measured + by, repeated: repeated + by * (own + other) }
}

/** Whether it was checked in exactly where the customer is known to be. */
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

/** Two parts of it, with one that comes between. */
function copied(room: Room, before: Part, come: ColumnVisit | undefined, behind: Part): Room {
  const next = emptyRoom()
  const copy = ([from, until]: Part) => {
    for (let i = from; i < until; i++) next.visits.push(room.visits[i]!)
    for (const column of COLUMNS) for (let i = from; i < until; i++) next[column].push(room[column][i]!)
  }
  copy(before)
  if (come !== undefined) write(next, come)
  copy(behind)
  return next
}

/** Lists of numbers, and no typed arrays: most groups are small, and there are many. */
function emptyRoom(): Room {
  return {
    visits: [],
    ...{ times: [], latitudes: [], longitudes: [], entered: [] },
    ...{ began: [], ended: [], endLatitudes: [], endLongitudes: [], marks: [] },
  }
}

function write(room: Room, visit: ColumnVisit): void {
  const { at, checkInAt, checkOutAt, checkIn, checkOut, enteredAt, places = [] } = visit
  const end = checkOut ?? checkIn
  room.visits.push(visit)
  room.times.push(at ?? Number.NaN)
  room.latitudes.push(checkIn?.latitude ?? Number.NaN)
  room.longitudes.push(checkIn?.longitude ?? Number.NaN)
  room.entered.push(enteredAt ?? Number.NaN)
  room.began.push(measuredAt(checkInAt ?? at, checkIn))
  room.ended.push(measuredAt(checkOutAt, end))
  room.endLatitudes.push(end?.latitude ?? Number.NaN)
  room.endLongitudes.push(end?.longitude ?? Number.NaN)
  const isOutside = places.length > 0 && rangeOf(checkIn, places.map(nameless), RANGE).is === 'out of range'
  room.marks.push(
    (checkIn !== null || checkOut !== null ? PLACED : 0) |
      (isOutside ? OUTSIDE : 0) |
      (isAtPlace(visit) ? AT_PLACE : 0),
  )
}

/** An old position was true when it was measured. */
export function measuredAt(at: number | null, position: Position | null): number {
  return at === null || position === null ? Number.NaN : at - (position.ageS ?? 0) * SECOND_MS
}

export function nameless(place: Omit<KnownPlace, 'name'>): KnownPlace {
  return { name: null, ...place }
}

/** Where it is, or belongs. */
function placeOf(columns: VisitColumns, { at, visitId }: VisitFacts): number {
  const { count } = columns
  let place = firstFrom(columns, at!)
  while (place < count && timeAt(columns, place) === at && idPart(visitAt(columns, place).visitId) < idPart(visitId))
    place++
  return place
}

export function timeAt({ room, from }: VisitColumns, place: number): number {
  return room.times[from + place]!
}

/** The place of the first time that is not before that one; times ascend. */
export function firstFrom(columns: VisitColumns, at: number): number {
  return firstPlace(columns.count, (place) => !(timeAt(columns, place) < at))
}

/** Those entered at that time, both ends included. */
export function enteredWithin({ room, from, count }: VisitColumns, first: number, last: number): VisitFacts[] {
  const { visits, entered } = room
  const found: VisitFacts[] = []
  for (let i = from; i < from + count; i++) if (entered[i]! >= first && entered[i]! <= last) found.push(visits[i]!)
  return found
}

/** Those checked in so near, in degrees of latitude and of longitude, that are marked so. */
export function markedAround(
  { room, from, count }: VisitColumns,
  { latitude, longitude }: Point,
  degrees: number,
  mark: number,
): VisitFacts[] {
  const { visits, latitudes, longitudes, marks } = room
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

/** Those whose check-in equals a position to the last digit; `orAtPlaces`: and those at a place of their customer. */
export function equalPositions({ room, from, count }: VisitColumns, point: Point, orAtPlaces: boolean): VisitFacts[] {
  const { visits, latitudes, longitudes, marks } = room
  const found: VisitFacts[] = []
  for (let i = from; i < from + count; i++) {
    const isEqual = latitudes[i] === point.latitude && longitudes[i] === point.longitude
    if (isEqual || (orAtPlaces && (marks[i]! & AT_PLACE) !== 0)) found.push(visits[i]!)
  }
  return found
}
