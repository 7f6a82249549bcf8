import { idPart } from '../../../features/string-hash.ts'
import type { Point } from '../../../features/visits/positions.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'

/**
 * Visits of one group in order of (time, visit id), with what is looked for among all of them side by side: to go
 * through numbers that lie together costs a small part of going through the visits. NaN where it is not known.
 */
export interface VisitColumns {
  readonly visits: readonly VisitFacts[]
  readonly times: Float64Array
  readonly latitudes: Float64Array
  readonly longitudes: Float64Array
  readonly entered: Float64Array
  /** How many visits each salesperson made. */
  readonly people: ReadonlyMap<string | null, number>
}

export function columnsOf(visits: readonly VisitFacts[]): VisitColumns {
  const column = (number: (visit: VisitFacts) => number | null | undefined) =>
    Float64Array.from(visits, (visit) => number(visit) ?? Number.NaN)
  const people = new Map<string | null, number>()
  for (const { salespersonId } of visits) people.set(salespersonId, (people.get(salespersonId) ?? 0) + 1)
  return {
    visits,
    times: column(({ at }) => at),
    latitudes: column(({ checkIn }) => checkIn?.latitude),
    longitudes: column(({ checkIn }) => checkIn?.longitude),
    entered: column(({ enteredAt }) => enteredAt),
    people,
  }
}

/** With one visit less, or one more at its place; `undefined`: none. */
export function withVisit(
  columns: VisitColumns,
  gone: VisitFacts | undefined,
  come: VisitFacts | undefined,
): VisitColumns {
  const without = gone === undefined ? columns : spliced(columns, placeOf(columns, gone), 1, undefined)
  return come === undefined ? without : spliced(without, placeOf(without, come), 0, come)
}

function spliced(columns: VisitColumns, place: number, gone: 0 | 1, come: VisitFacts | undefined): VisitColumns {
  const changed = gone === 1 ? columns.visits[place]! : come!
  const people = new Map(columns.people)
  const left = (people.get(changed.salespersonId) ?? 0) + (gone === 1 ? -1 : 1)
  if (left === 0) people.delete(changed.salespersonId)
  else people.set(changed.salespersonId, left)
  const column = (numbers: Float64Array, number: number | null | undefined) => {
    const next = new Float64Array(numbers.length + 1 - 2 * gone)
    next.set(numbers.subarray(0, place))
    if (come !== undefined) next[place] = number ?? Number.NaN
    next.set(numbers.subarray(place + gone), place + 1 - gone)
    return next
  }
  return {
    visits: columns.visits.toSpliced(place, gone, ...(come === undefined ? [] : [come])),
    times: column(columns.times, come?.at),
    latitudes: column(columns.latitudes, come?.checkIn?.latitude),
    longitudes: column(columns.longitudes, come?.checkIn?.longitude),
    entered: column(columns.entered, come?.enteredAt),
    people,
  }
}

/** Where it is, or belongs. */
function placeOf({ visits, times }: VisitColumns, { at, visitId }: VisitFacts): number {
  let place = firstFrom(times, at!)
  while (place < visits.length && times[place] === at && idPart(visits[place]!.visitId) < idPart(visitId)) place++
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
export function enteredWithin({ visits, entered }: VisitColumns, from: number, until: number): VisitFacts[] {
  const found: VisitFacts[] = []
  for (let i = 0; i < visits.length; i++) if (entered[i]! >= from && entered[i]! <= until) found.push(visits[i]!)
  return found
}

/** Those checked in so near, in degrees of latitude and of longitude. */
export function aroundPoint(
  { visits, latitudes, longitudes }: VisitColumns,
  point: Point,
  degrees: number,
): VisitFacts[] {
  const found: VisitFacts[] = []
  for (let i = 0; i < visits.length; i++)
    if (Math.abs(latitudes[i]! - point.latitude) <= degrees && Math.abs(longitudes[i]! - point.longitude) <= degrees)
      found.push(visits[i]!)
  return found
}
