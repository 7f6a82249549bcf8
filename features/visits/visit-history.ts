import { EventError } from '../../schemas/event-error.ts'
import { record, string } from '../../schemas/avro/schema.ts'
import { Visit } from '../../schemas/visits/visits.ts'
import { recordsOf, recordState, type KeyedState } from '../keyed-state.ts'
import { isNewerRevision } from '../newer-revision.ts'
import { idPart } from '../string-hash.ts'

/**
 * Maximum number of visits of an opportunity. Each one rescores it from all of them, so an event of an unbounded
 * history would cost as much as thousands of others.
 */
export const VISITS_MAX = 2_000

/**
 * The current revision of every visit, withdrawn ones included, under `opportunity/visit`. A visit that was moved to
 * another opportunity remains under the former as withdrawn.
 */
const visitKind = recordState<Visit>('visits', Visit)
/** Under the visit's id: the opportunity that its current revision names, to find a moved visit. */
const visitPlaceKind = recordState(
  'visit-places',
  record('VisitPlace', 'The opportunity that the current revision of a visit is of.', { opportunityId: string }),
)

export const visitHistoryKinds = [visitKind, visitPlaceKind] as const

/**
 * Stores a visit or its correction. The highest revision of a visit wins, whatever the order of arrival; of equal
 * revisions the one with the later event time, then the larger id. Returns the opportunities whose visits have changed:
 * the one that it names and, if the correction moved it, the former one; none if a higher revision is stored already.
 */
export function rememberVisit(state: KeyedState, visit: Visit, isBounded = true): readonly string[] {
  const { opportunityId } = visit
  const placeId = idPart(visit.visitId)
  const formerOpportunityId = state.get(visitPlaceKind, placeId)?.opportunityId
  if (formerOpportunityId !== undefined) {
    const formerId = recordId(formerOpportunityId, visit.visitId)
    const former = state.get(visitKind, formerId)
    if (former !== undefined && !isNewerRevision(visit, former)) return []
    if (formerOpportunityId !== opportunityId) {
      if (isBounded) checkRoom(state, opportunityId)
      if (former !== undefined) state.put(visitKind, formerId, { ...former, withdrawn: true })
    }
  } else if (isBounded) checkRoom(state, opportunityId)
  if (formerOpportunityId !== opportunityId) state.put(visitPlaceKind, placeId, { opportunityId })
  state.put(visitKind, recordId(opportunityId, visit.visitId), visit)
  return formerOpportunityId === undefined || formerOpportunityId === opportunityId
    ? [opportunityId]
    : [opportunityId, formerOpportunityId]
}

/**
 * Takes over the visits of another customer's state. Both may have the maximum of an opportunity's visits; the records
 * of both stay, and further ones are rejected.
 */
export function mergeVisits(state: KeyedState, other: KeyedState): void {
  const known = new Set([...state.scan(visitPlaceKind)].map(([id]) => id))
  for (const [id, visit] of other.scan(visitKind))
    if (known.has(idPart(visit.visitId))) rememberVisit(state, visit, false)
    else state.put(visitKind, id, visit)
  for (const [id, place] of other.scan(visitPlaceKind)) if (!known.has(id)) state.put(visitPlaceKind, id, place)
}

/** Returns the current visits of an opportunity, without withdrawn ones, in order of (visit time, visit id). */
export function visitsOf(state: KeyedState, opportunityId: string): readonly Visit[] {
  const visits = recordsOf(state, visitKind, `${idPart(opportunityId)}/`).filter(({ withdrawn }) => !withdrawn)
  return visits.sort((a, b) => a.occurredAt - b.occurredAt || (a.visitId < b.visitId ? -1 : 1))
}

/** Returns the time of the latest recorded visit, withdrawn or not, in ms; `undefined` if there never was one. */
export function lastVisitAt(state: KeyedState, opportunityId: string): number | undefined {
  const times = recordsOf(state, visitKind, `${idPart(opportunityId)}/`).map(({ occurredAt }) => occurredAt)
  return times.length === 0 ? undefined : Math.max(...times)
}

/** Throws if the opportunity has the maximum of visits, including withdrawn ones. */
function checkRoom(state: KeyedState, opportunityId: string): void {
  if (state.count(visitKind, `${idPart(opportunityId)}/`) < VISITS_MAX) return
  const todo = 'Correct what is wrong by revisions of these visits, or open another opportunity.'
  throw new EventError(
    'FOLD_FAILED',
    `Opportunity ${opportunityId} has ${VISITS_MAX} visits already, the maximum. ${todo}`,
  )
}

function recordId(opportunityId: string, visitId: string): string {
  return `${idPart(opportunityId)}/${idPart(visitId)}`
}
