import { keepLargest, mergeKind, revisedOf } from '../../../features/merge-kinds.ts'
import { numericState, recordsOf, recordState, type KeyedState } from '../../../features/keyed-state.ts'
import { minBy } from '../../../features/min-by.ts'
import { isNewerRevision } from '../../../features/newer-revision.ts'
import { idPart } from '../../../features/string-hash.ts'
import { enthusiasmOf } from '../../../features/visits/texts/enthusiasm.ts'
import { CHARACTERS_COMPARED_MAX, comparedText } from '../../../features/visits/texts/clauses.ts'
import { EventError } from '../../../schemas/event-error.ts'
import {
  boolean,
  int,
  nullable,
  record,
  string,
  timestamp,
  type RecordSchema,
  type TypeOf,
} from '../../../schemas/avro/schema.ts'
import { derivedPosition } from '../../../schemas/visits/derived-fields.ts'
import type { Visit } from '../../../schemas/visits/visits.ts'

/** Visits kept per customer: a newer one replaces the oldest, an older one is rejected. */
const VISITS_MAX = 300

const position = { ...derivedPosition, mocked: nullable(boolean) }

/** A visit without its report, of which only presence and enthusiasm are kept. */
export const StoredVisit = record('NotedVisit', 'The current revision of a visit, without its report.', {
  id: string,
  occurredAt: timestamp,
  visitId: string,
  revision: int,
  withdrawn: boolean,
  opportunityId: string,
  customerId: string,
  salespersonId: string,
  place: nullable(record('NotedPlace', 'Where it was checked in.', position)),
  checkInAt: nullable(timestamp),
  checkOutAt: nullable(timestamp),
  checkOutPlace: nullable(record('NotedCheckOut', 'Where it was checked out.', position)),
  enteredAt: nullable(timestamp),
  plannedFrom: nullable(timestamp),
  plannedUntil: nullable(timestamp),
  deviceId: nullable(string),
  photoHash: nullable(string),
  isReported: boolean,
  enthusiasm: int,
})
export type StoredVisit = TypeOf<typeof StoredVisit>

const storedVisitKind = recordState('visits', StoredVisit as RecordSchema<StoredVisit>)
const countKind = numericState('visit-count', 1)

const LastVisit = record(
  'LastTold',
  'The latest published visit: its report, and the groups that it was compared in before.',
  {
    visitId: string,
    text: string,
    isCorrection: boolean,
    salespersonBefore: nullable(string),
    deviceBefore: nullable(string),
    photoBefore: nullable(string),
    /** The oldest visit, dropped for lack of room. */
    forgotten: nullable(string),
  },
)
export type LastVisit = TypeOf<typeof LastVisit>
const lastVisitKind = recordState('last-told', LastVisit)

export const storedVisitKinds = [storedVisitKind, countKind, lastVisitKind] as const

/**
 * Notes a visit or its correction. The highest revision wins, then the later event time, then the larger id, whatever
 * the order of arrival. Returns whether it changed anything. Throws for a visit that is older than the newest 300.
 */
export function storeVisit(state: KeyedState, visit: Visit): boolean {
  const id = idPart(visit.visitId)
  const held = state.get(storedVisitKind, id)
  if (held !== undefined && !isNewerRevision(visit, held)) return false
  const forgotten = held === undefined ? evictOldest(state, visit) : null
  const { text, ...stored } = visit
  const report = text.slice(0, CHARACTERS_COMPARED_MAX)
  const isReported = report.trim() !== ''
  const enthusiasm = isReported ? enthusiasmOf(comparedText(report)) : 0
  state.put(storedVisitKind, id, { ...stored, isReported, enthusiasm })
  state.put(lastVisitKind, '', {
    visitId: visit.visitId,
    text: report,
    isCorrection: held !== undefined,
    salespersonBefore: held?.salespersonId ?? null,
    deviceBefore: held?.deviceId ?? null,
    photoBefore: held?.photoHash ?? null,
    forgotten,
  })
  return true
}

/** Takes over the visits of another customer's state; the newest 300 of both stay. */
export function mergeStoredVisits(state: KeyedState, other: KeyedState): void {
  mergeKind(state, other, storedVisitKind, revisedOf)
  keepLargest(state, storedVisitKind, VISITS_MAX, ({ occurredAt }) => occurredAt)
  const count = state.count(storedVisitKind)
  if (count > 0) state.put(countKind, '', Float64Array.of(count))
  mergeKind(state, other, lastVisitKind, (mine) => mine)
}

export function lastVisit(state: KeyedState): LastVisit | undefined {
  return state.get(lastVisitKind, '')
}

/** Returns the visits in order of (time, visit id), withdrawn ones too. */
export function storedVisits(state: KeyedState): StoredVisit[] {
  const visits = recordsOf(state, storedVisitKind)
  return visits.sort((one, other) => one.occurredAt - other.occurredAt || (one.visitId < other.visitId ? -1 : 1))
}

export function hasStoredVisits(state: KeyedState): boolean {
  return state.get(countKind, '') !== undefined
}

/** Drops the oldest visit if there is no room; returns its id, or null. */
function evictOldest(state: KeyedState, { customerId, occurredAt }: Visit): string | null {
  const count = state.get(countKind, '')?.[0] ?? 0
  state.put(countKind, '', Float64Array.of(Math.min(VISITS_MAX, count + 1)))
  if (count < VISITS_MAX) return null
  const oldest = minBy(recordsOf(state, storedVisitKind), (visit) => visit.occurredAt)!
  const { visitId, occurredAt: oldestAt } = oldest
  if (oldestAt > occurredAt)
    throw new EventError(
      'FOLD_FAILED',
      `Customer ${customerId} has ${VISITS_MAX} later visits already, the maximum that is compared: check its time and the customer.`,
    )
  state.delete(storedVisitKind, idPart(visitId))
  return visitId
}
