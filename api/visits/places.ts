import { Type } from 'typebox'
import { placesAt } from '../../features/visits/places.ts'
import { positionOf } from '../../features/visits/positions.ts'
import { proposedPlaces } from '../../features/visits/proposed-places.ts'
import { CustomerPlace } from '../../schemas/visits/places.ts'
import type { Reader } from '../../store/database.ts'
import { placesOfCustomer, type StoredPlace } from '../../store/visits/customer-places.ts'
import { assessmentsOfVisits } from '../../store/visits/visit-assessments.ts'
import { listVisits, type VisitRow } from '../../store/visits/visits.ts'
import { responseFields } from '../http/response-fields.ts'
import { isoTimes } from '../http/iso-times.ts'
import { personal } from '../http/personal.ts'
import { Name } from '../http/schema-parts.ts'
import { problems } from '../http/problem.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

const Place = Type.Object(responseFields(CustomerPlace, ['id']))
const Proposal = Type.Object({
  latitude: Type.Number({ description: 'Centre of the check-ins, in WGS 84 degrees, north positive.' }),
  longitude: Type.Number(),
  days: Type.Integer({ description: 'Days with check-ins there, of visits that are not flagged.' }),
})
const Places = Type.Object({
  known: personal('contact', Type.Array(Place)),
  proposed: personal(
    'contact',
    Type.Array(Proposal, {
      description:
        'Places where the customer was met on at least three days and that are not known yet, for people to add.',
    }),
  ),
})

/** Newest visits considered. */
const VISITS_MAX = 500

/** Route for a customer's known places, and for places that visits suggest. */
export function customerPlacesRoute(server: Server, { database }: ApiPorts): void {
  server.get(
    '/customers/:id/places',
    {
      config: { access: 'read-sales', own: { params: { id: 'customer' } } },
      schema: {
        tags: ['sales'],
        summary:
          'Known places of a customer, and proposed ones: where visits that are not flagged were checked in on three days',
        params: Type.Object({ id: Name }),
        response: { 200: Places, ...problems('invalid-request') },
      },
    },
    async ({ params: { id } }) => {
      const known = await placesOfCustomer(database, id)
      return { known: known.map(isoTimes), proposed: await proposalsOf(database, id, known) }
    },
  )
}

async function proposalsOf(reader: Reader, customerId: string, known: readonly StoredPlace[]) {
  const visits = await listVisits(reader, { customerId }, { limit: VISITS_MAX })
  const assessments = await assessmentsOfVisits(
    reader,
    visits.map(({ visitId }) => visitId),
  )
  const places = known.map((place) => ({
    ...place,
    validFrom: place.validFrom?.getTime() ?? null,
    validUntil: place.validUntil?.getTime() ?? null,
  }))
  const proposed = proposedPlaces(
    new Map(visits.map((visit) => [visit.visitId, metOn(visit)])),
    visits.map(({ visitId }) => assessments.get(visitId) ?? { visitId, verdict: 'fine', evidence: [] }),
    { placesOf: (_customerId, at) => placesAt(places, at) },
  )
  return proposed.map(({ latitude, longitude, days }) => ({ latitude, longitude, days }))
}

function metOn({ customerId, occurredAt, latitude, longitude, accuracyM, positionAgeS: ageS, mocked }: VisitRow) {
  const reported = latitude === null || longitude === null ? null : { latitude, longitude, accuracyM, ageS, mocked }
  const position = positionOf(reported)
  return { customerId, at: occurredAt.getTime(), checkIn: typeof position === 'string' ? null : position }
}
