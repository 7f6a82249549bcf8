import { Visit } from '../schemas/visits.ts'
import { recordKind, slotsKind, type Memory } from './memory.ts'

/** The current revision of every visit, withdrawn ones included, under `opportunity/visit`. */
const visitKind = recordKind<Visit>('visits', Visit)
/** One record a visit whose id is `visit/opportunity`: finds the opportunity that an earlier revision named. */
const visitPlaceKind = slotsKind('visit-places', 1)

export const visitHistoryKinds = [visitKind, visitPlaceKind] as const

/**
 * Takes a visit or its correction in. The highest revision of a visit stands, whatever the order of arrival; of two with the same revision the one with
 * the later event time, then the larger id. Returns the opportunities whose visits are no longer the same: the one that it names and, where the correction
 * moved it, the one that it left; none where a higher revision is there already.
 */
export function rememberVisit(memory: Memory, visit: Visit): readonly string[] {
  const prefix = `${encoded(visit.visitId)}/`
  const placeId = prefix + encoded(visit.opportunityId)
  const [formerId] = first(memory.scan(visitPlaceKind, prefix)) ?? []
  const formerOpportunity = formerId === undefined ? undefined : decodeURIComponent(formerId.slice(prefix.length))
  const former = formerOpportunity === undefined ? undefined : memory.get(visitKind, visitId(formerOpportunity, visit.visitId))
  if (former !== undefined && !isNewer(visit, former)) return []
  if (formerId !== placeId) {
    if (formerId !== undefined) memory.delete(visitPlaceKind, formerId)
    if (former !== undefined) memory.delete(visitKind, visitId(former.opportunityId, former.visitId))
    memory.put(visitPlaceKind, placeId, Float64Array.of(1))
  }
  memory.put(visitKind, visitId(visit.opportunityId, visit.visitId), visit)
  return former === undefined || former.opportunityId === visit.opportunityId
    ? [visit.opportunityId]
    : [visit.opportunityId, former.opportunityId]
}

/** The visits of an opportunity as they stand, in order of (visit time, visit id); withdrawn ones are left out. */
export function visitsOf(memory: Memory, opportunityId: string): readonly Visit[] {
  const visits: Visit[] = []
  for (const [, visit] of memory.scan(visitKind, `${encoded(opportunityId)}/`)) if (!visit.withdrawn) visits.push(visit)
  return visits.sort((a, b) => a.occurredAt - b.occurredAt || (a.visitId < b.visitId ? -1 : 1))
}

function isNewer(visit: Visit, held: Visit): boolean {
  if (visit.revision !== held.revision) return visit.revision > held.revision
  if (visit.occurredAt !== held.occurredAt) return visit.occurredAt > held.occurredAt
  return visit.id > held.id
}

function visitId(opportunityId: string, id: string): string {
  return `${encoded(opportunityId)}/${encoded(id)}`
}

/** Free of slashes, so that no opportunity's records begin like another's. */
function encoded(id: string): string {
  return encodeURIComponent(id.toWellFormed())
}

function first<T>(items: Iterable<T>): T | undefined {
  for (const item of items) return item
  return undefined
}
