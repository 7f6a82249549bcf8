import { distanceM, type Position } from '../../../features/visits/positions.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../schemas/durations.ts'
import { detector, emptyNeighbourhood, parameter, ramp, type Found, type Neighbourhood } from './detector.ts'
import { END_ASSUMED, firstFrom, measuredAt, PLACED, visitAt, type VisitColumns } from './visit-columns.ts'
import { formatDistance, formatDuration } from '../formats.ts'

/** A place and time at which a visit puts the salesperson. */
interface Fix {
  readonly visit: VisitFacts
  readonly at: number
  readonly position: Position
  /** The end of a stay, assumed to be at the place of the check-in: it was not measured. */
  readonly isAssumed: boolean
}

const parameters = {
  carKmh: parameter(180, 20, 2_000, 'fastest car, door to door, km/h'),
  trainKmh: parameter(330, 20, 2_000, 'fastest train, km/h'),
  trainExtraMin: parameter(6, 0, 600, 'additional time for a journey by train, minutes'),
  planeKmh: parameter(850, 20, 5_000, 'fastest plane, km/h'),
  planeExtraMin: parameter(24, 0, 600, 'additional time for a flight, minutes'),
  distanceMinM: parameter(1_000, 100, 100_000, 'shorter distances are never evidence, metres'),
  accuracyUnknownM: parameter(100, 0, 10_000, 'uncertainty assumed for a position without one, metres'),
  jumpMinM: parameter(20_000, 1_000, 1_000_000, 'minimum distance between two positions within a minute, metres'),
  stayMaxH: parameter(4, 0, 24, 'a longer stay counts as a forgotten check-out, hours'),
}
type Parameters = Readonly<Record<keyof typeof parameters, number>>

export const impossibleTravel = detector({
  kind: 'impossible-travel',
  group: 'salesperson',
  means:
    'The salesperson could not have travelled from one position to the other in the time between them. The uncertainty of both positions is subtracted from the distance. The position that is far from where the salesperson usually is counts in full.',
  cannotKnow:
    'Which of the two visits is the false one if both positions are usual; whether a phone changed hands, or a cell tower or a VPN gave the position. Positions without an accuracy are assumed to be accurate to 100 m. Positions in a straight line at constant speed, as reported from a train or a plane, are not evidence.',
  weights: { false: 0.7, invalid: 0 },
  parameters,
  *detect(visits, settings) {
    const fixes = fixesOf(visits, settings)
    for (let i = 1; i < fixes.length; i++) {
      const to = fixes[i]!
      const excess = excessBefore(fixes, i, settings)
      if (excess === undefined) continue
      const { from, score } = excess
      const odd = oddOne(fixes, from, i)
      yield found(to, from, odd === from ? 0.3 * score : score, excess)
      if (from.visit !== to.visit)
        yield found(from, to, odd === from ? score : (odd === to ? 0.3 : 0.5) * score, excess)
    }
  },
  neighbourhood,
})

/**
 * Returns the stronger excess of two journeys to a fix: from the fix before it, and, where that is the assumed end of a
 * stay, from the check-in of the stay.
 */
function excessBefore(fixes: readonly Fix[], at: number, settings: Parameters): Excess | undefined {
  // Only a measured position can be the destination of a journey.
  if (fixes[at]!.isAssumed) return undefined
  const direct = excessOf(fixes, at - 1, at, settings)
  if (!fixes[at - 1]!.isAssumed) return direct
  const assumed = direct === undefined ? undefined : { ...direct, score: 0.6 * direct.score }
  const measured = excessOf(fixes, at - 2, at, settings)
  return (measured?.score ?? 0) > (assumed?.score ?? 0) ? measured : assumed
}

function fixesOf(visits: readonly VisitFacts[], { stayMaxH }: Parameters): Fix[] {
  const fixes: Fix[] = []
  const add = (visit: VisitFacts, at: number | null, position: Position | null, isAssumed = false) => {
    const measured = measuredAt(at, position)
    if (!Number.isNaN(measured)) fixes.push({ visit, at: measured, position: position!, isAssumed })
  }
  for (const visit of visits) {
    const { at, checkInAt, checkOutAt, checkIn, checkOut } = visit
    const began = checkInAt ?? at
    add(visit, began, checkIn)
    if (checkOut !== null) add(visit, checkOutAt, checkOut)
    else if (checkOutAt !== null && began !== null && checkOutAt - began <= stayMaxH * HOUR_MS)
      add(visit, checkOutAt, checkIn, true)
  }
  fixes.sort((one, other) => one.at - other.at)
  // An assumed end of a stay counts only if no other position lies within the stay.
  return fixes.filter(({ isAssumed, visit }, i) => !isAssumed || fixes[i - 1]?.visit === visit)
}

/** Visits with a position on either side of a changed one that it can affect, and those needed to decide on them. */
const AFFECTED_MAX = 16
const EXAMINED_MAX = 3 * AFFECTED_MAX

function neighbourhood(
  { at, checkIn, checkOut }: VisitFacts,
  columns: VisitColumns,
  settings: Parameters,
): Neighbourhood {
  if (at === null || (checkIn === null && checkOut === null)) return emptyNeighbourhood
  const { buffer, from, count } = columns
  const middle = firstFrom(columns, at)
  const take = (step: 1 | -1) => {
    const taken: number[] = []
    for (let i = step === 1 ? middle : middle - 1; i >= 0 && i < count && taken.length < EXAMINED_MAX; i += step)
      if ((buffer.marks[from + i]! & PLACED) !== 0) taken.push(i)
    return taken
  }
  const [before, after] = [take(-1).reverse(), take(1)]
  const examined = [...before, ...after]
  const first = Math.max(0, before.length - AFFECTED_MAX)
  const until = before.length + Math.min(AFFECTED_MAX, after.length)
  const visitsAt = (places: readonly number[]) => places.map((i) => visitAt(columns, i))
  const affected = visitsAt(examined.slice(first, until))
  const hasNoEvidence = isReachableByCar(positionsOf(examined, columns, settings), first, until, settings)
  return {
    visits: hasNoEvidence ? affected : visitsAt(examined),
    isCompleteFor: (visit) => affected.includes(visit),
    hasNoEvidence,
  }
}

/** Positions of visits in order, as columns; visit `i` has those from `starts[i]` to `starts[i + 1]`. */
interface Positions {
  readonly starts: number[]
  readonly times: number[]
  readonly latitudes: number[]
  readonly longitudes: number[]
}

function positionsOf(places: readonly number[], columns: VisitColumns, settings: Parameters): Positions {
  const { latitudes, longitudes, began, endLatitudes, endLongitudes } = columns.buffer
  const positions: Positions = { starts: [0], times: [], latitudes: [], longitudes: [] }
  const add = (at: number, latitude: number, longitude: number) => {
    if (Number.isNaN(at)) return
    positions.times.push(at)
    positions.latitudes.push(latitude)
    positions.longitudes.push(longitude)
  }
  for (let index = 0; index < places.length; index++) {
    const i = columns.from + places[index]!
    add(began[i]!, latitudes[i]!, longitudes[i]!)
    add(endOfStay(columns, i, places[index + 1], settings), endLatitudes[i]!, endLongitudes[i]!)
    positions.starts.push(positions.times.length)
  }
  return positions
}

/** Returns when a stay ended, ms; NaN: not known, or assumed and certainly ignored by `fixesOf`. */
function endOfStay({ buffer, from }: VisitColumns, i: number, next: number | undefined, { stayMaxH }: Parameters) {
  const ended = buffer.ended[i]!
  if ((buffer.marks[i]! & END_ASSUMED) === 0 || Number.isNaN(ended)) return ended
  const { at, checkInAt, checkOutAt } = buffer.visits[i]!
  if (checkOutAt! - (checkInAt ?? at!) > stayMaxH * HOUR_MS) return Number.NaN
  const nextBegan = next === undefined ? Number.NaN : buffer.began[from + next]!
  return nextBegan >= buffer.began[i]! && nextBegan < ended ? Number.NaN : ended
}

/**
 * Whether a car gets in time from each position of the affected visits to the next, and from the last position before
 * them and to the first one after. This is the usual case, and saves computing exact distances.
 */
function isReachableByCar(
  { starts, times, latitudes, longitudes }: Positions,
  firstAffected: number,
  untilAffected: number,
  settings: Parameters,
): boolean {
  const from = Math.max(0, starts[firstAffected]! - 1)
  const until = Math.min(times.length, starts[untilAffected]! + 1)
  for (let i = from + 1; i < until; i++) {
    const [north, east] = [latitudes[i]! - latitudes[i - 1]!, longitudes[i]! - longitudes[i - 1]!]
    if (carMs(north, east, settings) > times[i]! - times[i - 1]!) return false
  }
  // A position that is out of order belongs somewhere between these.
  for (let i = 0; i < from; i++) if (times[i]! > times[from]!) return false
  for (let i = until; i < times.length; i++) if (times[i]! < times[until - 1]!) return false
  return true
}

interface Excess {
  readonly from: Fix
  readonly score: number
  readonly distance: number
  readonly ms: number
  readonly kmh: number
  readonly fastestMs: number
}

function excessOf(fixes: readonly Fix[], start: number, end: number, settings: Parameters): Excess | undefined {
  const [from, to] = [fixes[start]!, fixes[end]!]
  const north = to.position.latitude - from.position.latitude
  if (carMs(north, to.position.longitude - from.position.longitude, settings) <= to.at - from.at) return undefined
  const uncertainty = ({ position }: Fix) => position.accuracyM ?? settings.accuracyUnknownM
  const distance = distanceM(from.position, to.position) - uncertainty(from) - uncertainty(to)
  const ms = to.at - from.at
  if (distance < (ms < MINUTE_MS ? settings.jumpMinM : settings.distanceMinM)) return undefined
  const fastestMs = fastest(distance, settings)
  const ratio = fastestMs / Math.max(ms, MINUTE_MS)
  if (ratio <= 1) return undefined
  const kmh = distance / 1_000 / (Math.max(ms, MINUTE_MS) / HOUR_MS)
  if (isOnTheWay(fixes, start, end, kmh)) return undefined
  return { from, score: 0.6 + 0.4 * ramp(ratio, 1, 1.5), distance, ms, kmh, fastestMs }
}

/** Upper bound for a degree of latitude or of longitude, in metres, with a margin for rounding. */
const DEGREE_M = 111_400

/** Returns an upper bound for the time that a car takes, ms, at a small part of the cost of the exact distance. */
function carMs(north: number, east: number, { carKmh }: Parameters): number {
  return ((DEGREE_M * (Math.abs(north) + Math.abs(east))) / 1_000 / carKmh) * HOUR_MS
}

/** Returns the time of the fastest journey from door to door, ms. */
function fastest(distance: number, settings: Parameters): number {
  const hours = (kmh: number, extraMin: number) => distance / 1_000 / kmh + extraMin / 60
  return (
    HOUR_MS *
    Math.min(
      hours(settings.carKmh, 0),
      hours(settings.trainKmh, settings.trainExtraMin),
      hours(settings.planeKmh, settings.planeExtraMin),
    )
  )
}

const STAY_MS = 5 * MINUTE_MS
/** Ground speed of an airliner with a strong tailwind, km/h. */
const JOURNEY_KMH_MAX = 1_100

/**
 * Whether two legs in a row lead straight on at about the same speed: then the position between them was reported from
 * a train or a plane. A stay is not on the way.
 */
function isOnTheWay(fixes: readonly Fix[], start: number, end: number, kmh: number): boolean {
  if (kmh > JOURNEY_KMH_MAX) return false
  const [from, to] = [fixes[start]!, fixes[end]!]
  return isStraight(fixes[start - 1], from, to, kmh) || isStraight(from, to, fixes[end + 1], kmh)
}

function isStraight(one: Fix | undefined, middle: Fix, other: Fix | undefined, kmh: number): boolean {
  if (one === undefined || other === undefined || stays(middle.visit)) return false
  const [first, second] = [distanceM(one.position, middle.position), distanceM(middle.position, other.position)]
  const speed = (metres: number, ms: number) => metres / 1_000 / (Math.max(ms, SECOND_MS) / HOUR_MS)
  const slower = Math.min(speed(first, middle.at - one.at), speed(second, other.at - middle.at))
  return slower > kmh / 2 && distanceM(one.position, other.position) > 0.98 * (first + second)
}

function stays({ checkInAt, checkOutAt }: VisitFacts): boolean {
  return checkInAt !== null && checkOutAt !== null && checkOutAt - checkInAt >= STAY_MS
}

const NEIGHBOURS = 10

/**
 * Returns the fix that lies much farther from where the salesperson is before and after; `undefined` if that is
 * unclear.
 */
function oddOne(fixes: readonly Fix[], from: Fix, later: number): Fix | undefined {
  const to = fixes[later]!
  const others = fixes
    .slice(Math.max(0, later - 1 - NEIGHBOURS), later + 1 + NEIGHBOURS)
    .filter(({ visit }) => visit !== from.visit && visit !== to.visit)
  if (others.length < 3) return undefined
  const middle = ({ position: { latitude, longitude } }: Fix) => {
    const distances = others.map(({ position }) => distanceM({ latitude, longitude }, position))
    return distances.sort((one, other) => one - other)[distances.length >> 1]!
  }
  const [one, other] = [middle(from), middle(to)]
  if (one > 2 * other) return from
  return other > 2 * one ? to : undefined
}

function found(fix: Fix, other: Fix, score: number, { distance, ms, kmh, fastestMs }: Excess): Found {
  const places = fix.visit === other.visit ? 'Check-in and check-out' : `This visit and ${other.visit.visitId}`
  return {
    visit: fix.visit,
    score,
    text: `${places} are at least ${formatDistance(distance)} and ${formatDuration(ms)} apart: ${Math.round(kmh)} km/h. The fastest journey takes ${formatDuration(fastestMs)}.`,
    with: fix.visit === other.visit ? null : other.visit.visitId,
  }
}
