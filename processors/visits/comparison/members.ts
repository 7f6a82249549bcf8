import { numericState, recordState, type DerivedView, type KeyedState } from '../../../features/keyed-state.ts'
import { idPart } from '../../../features/string-hash.ts'
import type { Point, Position } from '../../../features/visits/positions.ts'
import { hasSwapped, usualPosition } from '../../../features/visits/swapped-positions.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import {
  array,
  boolean,
  double,
  int,
  nullable,
  record,
  string,
  timestamp,
  type TypeOf,
} from '../../../schemas/avro/schema.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import type { ComparedVisit, VisitGroup } from '../../../schemas/visits/compared-visits.ts'
import { columnsOf, visitsIn, withVisit, type VisitColumns } from '../evidence/visit-columns.ts'
import {
  derivedPlace,
  derivedPosition,
  visitContextFields,
  visitContextOf,
} from '../../../schemas/visits/derived-fields.ts'

/** Window of the comparison, back from the newest visit of the group. */
export const HISTORY_MS = 180 * DAY_MS
/** Visits compared per group: beyond it the oldest are dropped, and the evidence found on them remains. */
const MEMBERS_MAX: Readonly<Record<Exclude<VisitGroup, 'reports'>, number>> = {
  salesperson: 4_000,
  device: 2_000,
  photo: 200,
}
/** Visits dropped with each event, at most. */
const FORGOTTEN_MAX = 20

const position = { ...derivedPosition, mocked: nullable(boolean) }

/** Named as in `VisitFacts`, so that a record needs no conversion: each event examines hundreds of them. */
const memberFields = {
  visitId: string,
  revision: int,
  at: timestamp,
  ...visitContextFields,
  deviceId: nullable(string),
  photoHash: nullable(string),
  plannedFrom: nullable(timestamp),
  plannedUntil: nullable(timestamp),
  probability: nullable(double),
  text: nullable(string),
}
const Member = record('Member', 'A visit of the group; its report and plan are looked at elsewhere.', {
  ...memberFields,
  checkIn: nullable(record('MemberCheckIn', 'Where it was checked in.', position)),
  checkOut: nullable(record('MemberCheckOut', 'Where it was checked out.', position)),
  places: array(record('MemberPlace', 'A known place of the customer.', derivedPlace)),
})
export type Member = TypeOf<typeof Member> & VisitFacts & { readonly text: null; readonly at: number }

/** Members in order of (time, visit id). */
const memberKind = recordState('members', Member)
/** Time of each member by visit, ms. */
const timeKind = numericState('member-times', 1)
/** Number of members, time of the newest (ms), latitude and longitude of the latest check-in. */
const groupKind = numericState('group', 4)
const Changed = record('Changed', 'What the last event has changed.', {
  visitId: string,
  before: nullable(Member),
  isGone: boolean,
  forgotten: array(string),
})
const changedKind = recordState('changed', Changed)

export const memberKinds = [memberKind, timeKind, groupKind, changedKind] as const

export interface ChangedMember {
  readonly visitId: string
  readonly before: Member | null
  readonly isGone: boolean
  /** Visits that are no longer compared. */
  readonly forgotten: readonly string[]
}

/**
 * Adds a visit to its group, or removes it. The higher revision counts, whatever the order of arrival; of equal ones
 * the later to arrive. Returns whether anything changed.
 */
export function updateMember(state: KeyedState, visit: ComparedVisit): boolean {
  const part = idPart(visit.visitId)
  const timeBefore = state.get(timeKind, part)?.[0]
  const before = timeBefore === undefined ? undefined : state.get(memberKind, idOf(timeBefore, part))
  if (before !== undefined && before.revision > visit.revision) return false
  if (before === undefined && visit.gone) return false
  const group = state.get(groupKind, '') ?? Float64Array.of(0, visit.occurredAt, Number.NaN, Number.NaN)
  let [count, newest] = [group[0]!, group[1]!]
  if (before !== undefined) {
    state.delete(memberKind, idOf(timeBefore!, part))
    count--
  }
  let [latitude, longitude] = [group[2]!, group[3]!]
  if (visit.gone) state.delete(timeKind, part)
  else {
    const member = memberOf(state, visit, { latitude, longitude })
    state.put(memberKind, idOf(visit.occurredAt, part), member)
    state.put(timeKind, part, Float64Array.of(visit.occurredAt))
    count++
    newest = Math.max(newest, visit.occurredAt)
    if (member.checkIn !== null) ({ latitude, longitude } = member.checkIn)
  }
  const limit = visit.group === 'reports' ? 0 : MEMBERS_MAX[visit.group]
  const forgotten = forget(state, count - limit, newest - HISTORY_MS)
  state.put(groupKind, '', Float64Array.of(count - forgotten.length, newest, latitude, longitude))
  state.put(changedKind, '', { visitId: visit.visitId, before: before ?? null, isGone: visit.gone, forgotten })
  return true
}

const membersView: DerivedView<unknown, VisitColumns> = {
  kind: memberKind,
  of: (members) => columnsOf(members as Member[]),
  changed: (columns, before, after) => withVisit(columns, before as Member | undefined, after as Member | undefined),
}

/** Returns the members in order of time. */
export function membersOf(state: KeyedState): VisitColumns {
  return state.derived(membersView)
}

/** Returns the current member of that visit. */
export function memberNamed(state: KeyedState, visitId: string): Member | undefined {
  const part = idPart(visitId)
  const at = state.get(timeKind, part)?.[0]
  return at === undefined ? undefined : (state.get(memberKind, idOf(at, part)) as Member | undefined)
}

export function changedMember(state: KeyedState): ChangedMember | undefined {
  return state.get(changedKind, '') as ChangedMember | undefined
}

function memberOf(state: KeyedState, visit: ComparedVisit, latest: Point): Member {
  const toPosition = (place: ComparedVisit['checkIn']): Position | null =>
    place === null ? null : { ...place, mocked: null }
  let positions = { checkIn: toPosition(visit.checkIn), checkOut: toPosition(visit.checkOut) }
  // Swapped coordinates are recognised by where the salesperson usually is.
  if (visit.group === 'salesperson' && hasSwapped(positions, latest)) {
    const usual = usualPosition(visitsIn(membersOf(state)).flatMap((member) => member.checkIn ?? []))
    if (usual !== undefined && hasSwapped(positions, usual)) positions = { checkIn: null, checkOut: null }
  }
  const nameOf = (group: VisitGroup) =>
    visit.group === group ? visit.groupKey.slice(visit.groupKey.indexOf(':') + 1) : null
  return {
    visitId: visit.visitId,
    revision: visit.revision,
    at: visit.occurredAt,
    ...visitContextOf(visit),
    deviceId: nameOf('device'),
    photoHash: nameOf('photo'),
    plannedFrom: null,
    plannedUntil: null,
    probability: null,
    text: null,
    ...positions,
    places: visit.places,
  }
}

function forget(state: KeyedState, tooMany: number, before: number): string[] {
  const ids: string[] = []
  const visits: string[] = []
  state.look(memberKind, '', (id, member) => {
    if (ids.length >= FORGOTTEN_MAX || (ids.length >= tooMany && member.at >= before)) return false
    ids.push(id)
    visits.push(member.visitId)
    return true
  })
  for (const id of ids) state.delete(memberKind, id)
  for (const visitId of visits) state.delete(timeKind, idPart(visitId))
  return visits
}

/** Event times are after 1900; relative to it they are positive and sort by their digits. */
const ORIGIN_MS = Date.UTC(1900, 0, 1)

function idOf(at: number, visitPart: string): string {
  return `${String(Math.max(0, at - ORIGIN_MS)).padStart(15, '0')}/${visitPart}`
}
