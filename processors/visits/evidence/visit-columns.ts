import { idPart } from '../../../features/string-hash.ts'
import { rangeOf, type KnownPlace } from '../../../features/visits/places.ts'
import type { Point, Position } from '../../../features/visits/positions.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { SECOND_MS } from '../../../schemas/durations.ts'
import type { RepeatedPositions } from './repeated-share.ts'

/** A visit, with what its customer's places near its check-in were at that time, where that was told. */
export type ColumnVisit = VisitFacts & { readonly places?: readonly Omit<KnownPlace, 'name'>[] }

/** What is looked for among all visits of a group, side by side, with room for more at the end. */
interface Room extends Readonly<Record<Column, Float64Array>> {
  readonly visits: ColumnVisit[]
  readonly marks: Uint8Array
}

/** When it was, ms; the position of its check-in, degrees; when it was entered, ms. */
type Column = 'times' | 'latitudes' | 'longitudes' | 'entered' | StayColumn
/** When that position was true; when the stay ended, and where: at the check-in if it is not told. */
type StayColumn = 'began' | 'ended' | 'endLatitudes' | 'endLongitudes'

/**
 * Visits of one group in order of (time, visit id), with what is looked for among all of them side by side: to go
 * through numbers that lie together costs a small part of going through the visits. NaN where it is not known. Columns
 * never change: those with one visit more at the end share the room of those before.
 */
export interface VisitColumns extends Omit<Room, 'visits'> {
  readonly count: number
  /** How many visits each salesperson made. */
  readonly people: ReadonlyMap<string | null, number>
  /** Of the check-ins. */
  readonly positions: RepeatedPositions
  readonly room: Room
  /** Where they begin in it. */
  readonly from: number
}

const COLUMNS = [
  ...(['times', 'latitudes', 'longitudes', 'entered'] as const),
  ...(['began', 'ended', 'endLatitudes', 'endLongitudes'] as const),
]

/**
 * Where a position is told, of check-in or check-out; where it lies outside of the customer's known places; where it is
 * one of them to the last digit.
 */
export const [PLACED, OUTSIDE, AT_PLACE] = [1, 2, 4]
/** What counts as outside, in metres and seconds, if neither place nor position say more. */
export const RANGE = { radiusM: 300, accuracyUnknownM: 200, ageMaxS: 900 }

export function columnsOf(visits: readonly ColumnVisit[]): VisitColumns {
  const room = roomFor(visits.length)
  for (const visit of visits) write(room, visit)
  const people = new Map<string | null, number>()
  for (const { salespersonId } of visits) people.set(salespersonId, (people.get(salespersonId) ?? 0) + 1)
  const all = part(room, 0, visits.length, people, { measured: 0, repeated: 0 })
  const measured = visits.filter(({ checkIn }) => checkIn !== null)
  const alike = Map.groupBy(measured, ({ checkIn }) => `${checkIn!.latitude},${checkIn!.longitude}`)
  const repeated = [...alike.values()].reduce(
    (sum, equal) => sum + (equal.length > 1 || isAtPlace(equal[0]!) ? equal.length : 0),
    0,
  )
  return { ...all, positions: { measured: measured.length, repeated } }
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
  const people = counted(columns, gone, -1)
  const left =
    place === 0
      ? part(room, from + 1, count - 1, people, columns.positions)
      : place === count - 1
        ? part(room, from, count - 1, people, columns.positions)
        : part(copied(columns, place, place + 1, undefined), 0, count - 1, people, columns.positions)
  return { ...left, positions: positionsWith(left, gone, -1) }
}

function withOne(columns: VisitColumns, come: ColumnVisit): VisitColumns {
  const { room, from, count } = columns
  const place = placeOf(columns, come)
  const people = counted(columns, come, 1)
  const positions = positionsWith(columns, come, 1)
  // Nobody else has written behind the last one.
  const hasRoom = place === count && from + count === room.visits.length && room.visits.length < room.times.length
  if (!hasRoom) return part(copied(columns, place, place, come), 0, count + 1, people, positions)
  write(room, come)
  return part(room, from, count + 1, people, positions)
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

/** What they are without those from one place to another, and with one that comes there. */
function copied(columns: VisitColumns, from: number, to: number, come: ColumnVisit | undefined): Room {
  const room = roomFor(columns.count + 1)
  const copy = (first: number, last: number) => {
    const at = room.visits.length
    for (let place = first; place < last; place++) room.visits.push(visitAt(columns, place))
    for (const column of COLUMNS) room[column].set(columns[column].subarray(first, last), at)
    room.marks.set(columns.marks.subarray(first, last), at)
  }
  copy(0, from)
  if (come !== undefined) write(room, come)
  copy(to, columns.count)
  return room
}

function roomFor(count: number): Room {
  const size = 8 + count + (count >> 2)
  const column = () => new Float64Array(size)
  return {
    visits: [],
    ...{ times: column(), latitudes: column(), longitudes: column(), entered: column() },
    ...{ began: column(), ended: column(), endLatitudes: column(), endLongitudes: column() },
    marks: new Uint8Array(size),
  }
}

function write(room: Room, visit: ColumnVisit): void {
  const { at, checkInAt, checkOutAt, checkIn, checkOut, enteredAt, places = [] } = visit
  const end = checkOut ?? checkIn
  const place = room.visits.push(visit) - 1
  room.times[place] = at ?? Number.NaN
  room.latitudes[place] = checkIn?.latitude ?? Number.NaN
  room.longitudes[place] = checkIn?.longitude ?? Number.NaN
  room.entered[place] = enteredAt ?? Number.NaN
  room.began[place] = measuredAt(checkInAt ?? at, checkIn)
  room.ended[place] = measuredAt(checkOutAt, end)
  room.endLatitudes[place] = end?.latitude ?? Number.NaN
  room.endLongitudes[place] = end?.longitude ?? Number.NaN
  const isOutside = places.length > 0 && rangeOf(checkIn, places.map(nameless), RANGE).is === 'out of range'
  room.marks[place] =
    (checkIn !== null || checkOut !== null ? PLACED! : 0) |
    (isOutside ? OUTSIDE! : 0) |
    (isAtPlace(visit) ? AT_PLACE! : 0)
}

/** An old position was true when it was measured. */
export function measuredAt(at: number | null, position: Position | null): number {
  return at === null || position === null ? Number.NaN : at - (position.ageS ?? 0) * SECOND_MS
}

export function nameless(place: Omit<KnownPlace, 'name'>): KnownPlace {
  return { name: null, ...place }
}

function part(
  room: Room,
  from: number,
  count: number,
  people: VisitColumns['people'],
  positions: RepeatedPositions,
): VisitColumns {
  const until = from + count
  return {
    times: room.times.subarray(from, until),
    latitudes: room.latitudes.subarray(from, until),
    longitudes: room.longitudes.subarray(from, until),
    entered: room.entered.subarray(from, until),
    began: room.began.subarray(from, until),
    ended: room.ended.subarray(from, until),
    endLatitudes: room.endLatitudes.subarray(from, until),
    endLongitudes: room.endLongitudes.subarray(from, until),
    marks: room.marks.subarray(from, until),
    ...{ count, people, positions, room, from },
  }
}

/** Where it is, or belongs. */
function placeOf(columns: VisitColumns, { at, visitId }: VisitFacts): number {
  const { times, count } = columns
  let place = firstFrom(times, at!)
  while (place < count && times[place] === at && idPart(visitAt(columns, place).visitId) < idPart(visitId)) place++
  return place
}

/** The place of the first time that is not before that one; times ascend. */
export function firstFrom(times: Float64Array, at: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle]! < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Those entered at that time, both ends included. */
export function enteredWithin(columns: VisitColumns, from: number, until: number): VisitFacts[] {
  const { entered, count } = columns
  const found: VisitFacts[] = []
  for (let i = 0; i < count; i++) if (entered[i]! >= from && entered[i]! <= until) found.push(visitAt(columns, i))
  return found
}

/** Those checked in so near, in degrees of latitude and of longitude; `mark`: and marked so. */
export function aroundPoint(columns: VisitColumns, point: Point, degrees: number, mark = 0): VisitFacts[] {
  const { latitudes, longitudes, marks, count } = columns
  const { latitude, longitude } = point
  const found: VisitFacts[] = []
  for (let i = 0; i < count; i++)
    if (
      (marks[i]! & mark) === mark &&
      Math.abs(latitudes[i]! - latitude) <= degrees &&
      Math.abs(longitudes[i]! - longitude) <= degrees
    )
      found.push(visitAt(columns, i))
  return found
}

/** Those whose check-in equals a position to the last digit; `orAtPlaces`: and those at a place of their customer. */
export function equalPositions(columns: VisitColumns, point: Point, orAtPlaces: boolean): VisitFacts[] {
  const { latitudes, longitudes, marks, count } = columns
  const found: VisitFacts[] = []
  for (let i = 0; i < count; i++) {
    const isEqual = latitudes[i] === point.latitude && longitudes[i] === point.longitude
    if (isEqual || (orAtPlaces && (marks[i]! & AT_PLACE!) !== 0)) found.push(visitAt(columns, i))
  }
  return found
}
