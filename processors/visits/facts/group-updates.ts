import type { Position } from '../../../features/visits/positions.ts'
import { nearestPlace, placesAt } from '../../../features/visits/places.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { ALL_REPORTS, type ComparedVisit, type VisitGroup } from '../../../schemas/visits/compared-visits.ts'
import type { CustomerPlace } from '../../../schemas/visits/places.ts'
import type { LastVisit, StoredVisit } from './stored-visits.ts'

type GroupUpdate = Omit<ComparedVisit, 'id' | 'source'>

/** Returns messages about the visit noted last: to the groups in which it is compared, and to those that it leaves. */
export function groupUpdates(
  visit: StoredVisit,
  facts: VisitFacts,
  places: readonly CustomerPlace[],
  last: LastVisit,
): GroupUpdate[] {
  const result: GroupUpdate[] = []
  const here = (group: VisitGroup, groupKey: string, more: Partial<GroupUpdate> = {}) =>
    result.push({ ...updateFor(group, groupKey, visit, facts), gone: visit.withdrawn, ...more })
  const left = (group: VisitGroup, groupKey: string) =>
    result.push({ ...updateFor(group, groupKey, visit, facts), gone: true })

  const { deviceId, photoHash } = facts
  const { salespersonBefore, deviceBefore, photoBefore } = last
  here('salesperson', `salesperson:${visit.salespersonId}`, whereabouts(facts, places))
  if (salespersonBefore !== null && salespersonBefore !== visit.salespersonId)
    left('salesperson', `salesperson:${salespersonBefore}`)
  if (deviceId !== null) here('device', `device:${deviceId}`)
  if (deviceBefore !== null && deviceBefore !== deviceId) left('device', `device:${deviceBefore}`)
  if (photoHash !== null) here('photo', `photo:${photoHash}`)
  if (photoBefore !== null && photoBefore !== photoHash) left('photo', `photo:${photoBefore}`)
  if (visit.isReported && !visit.withdrawn) here('reports', ALL_REPORTS, { text: last.text })
  else if (visit.isReported || last.isCorrection) left('reports', ALL_REPORTS)
  return result
}

/** Returns the message to the salesperson’s group after the places of the customer have changed. */
export function placesUpdate(visit: StoredVisit, facts: VisitFacts, places: readonly CustomerPlace[]): GroupUpdate {
  const result = updateFor('salesperson', `salesperson:${visit.salespersonId}`, visit, facts)
  return { ...result, ...whereabouts(facts, places) }
}

function updateFor(group: VisitGroup, groupKey: string, visit: StoredVisit, facts: VisitFacts): GroupUpdate {
  return {
    occurredAt: visit.occurredAt,
    groupKey,
    group,
    gone: false,
    visitId: visit.visitId,
    revision: visit.revision,
    customerId: visit.customerId,
    opportunityId: visit.opportunityId,
    salespersonId: visit.salespersonId,
    checkInAt: facts.checkInAt,
    checkOutAt: facts.checkOutAt,
    enteredAt: facts.enteredAt,
    checkIn: null,
    checkOut: null,
    places: [],
    text: null,
  }
}

function whereabouts({ checkIn, checkOut, at }: VisitFacts, places: readonly CustomerPlace[]) {
  return { checkIn, checkOut, places: checkIn === null ? [] : placesNear(checkIn, placesAt(places, at)) }
}

/** Radius of a place that states none, metres. */
const RADIUS_M = 300

/** Returns the nearest place, taking radii into account, and the one that equals the position; others add nothing. */
function placesNear(position: Position, places: readonly CustomerPlace[]): ComparedVisit['places'] {
  const nearest = nearestPlace(position, places, RADIUS_M)?.place
  if (nearest === undefined) return []
  const equal = places.find((place) => place.latitude === position.latitude && place.longitude === position.longitude)
  const near = equal === undefined || equal === nearest ? [nearest] : [nearest, equal]
  return near.map(({ latitude, longitude, radiusM }) => ({ latitude, longitude, radiusM }))
}
