import { Type, type Static } from 'typebox'
import { Visit as VisitRecord } from '../../schemas/visits/visits.ts'
import { VisitAssessment } from '../../schemas/visits/visit-assessments.ts'
import type { Reader } from '../../store/database.ts'
import { assessmentsOfVisits, type StoredVisitAssessment } from '../../store/visits/visit-assessments.ts'
import { listVisits, visitById, type VisitRow } from '../../store/visits/visits.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { ownOfList } from '../http/access.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { CustomerName, personal } from '../http/personal.ts'
import { filter, Name, nullable, Time } from '../http/schema-parts.ts'
import { plainJson } from '../http/plain-json.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

const assessed = responseFields(VisitAssessment, [
  ...['id', 'source', 'occurredAt', 'visitId', 'revision', 'withdrawn', 'visitedAt'],
  ...['customerId', 'opportunityId', 'salespersonId'],
] as const)

const Visit = Type.Object({
  ...responseFields(VisitRecord, ['id', 'place']),
  customerName: CustomerName,
  latitude: personal(
    'contact',
    nullable(Type.Number(), 'Latitude of the check-in as reported by the device; it may be impossible.'),
  ),
  longitude: personal('contact', nullable(Type.Number())),
  accuracyM: nullable(Type.Number()),
  positionAgeS: nullable(Type.Number()),
  mocked: nullable(Type.Boolean()),
  ...assessed,
})

const score = (description: string) => Type.Optional(Type.Number({ minimum: 0, maximum: 1, description }))
const filters = {
  customerId: filter(),
  salespersonId: filter(),
  teamId: filter('Team of the opportunity.'),
  opportunityId: filter(),
  verdict: Type.Optional(Type.Enum(['fine', 'invalid', 'suspected_false'])),
  minFalseScore: score('Visits with at least this false score.'),
  minInvalidScore: score('Visits with at least this invalid score.'),
  from: Type.Optional(Type.String({ ...Time, description: 'Visits at or after this time.' })),
  to: Type.Optional(Type.String({ ...Time, description: 'Visits before this time.' })),
}

/** Routes for visits as reported, with the evidence against each (spec V5). */
export function visitsRoutes(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/visits',
    access: 'read-sales',
    own: ownOfList,
    tag: 'sales',
    summary: 'Visits with their scores, verdict and the evidence against them, newest first',
    filters,
    item: Visit,
    cursor: newestFirst(({ visitId }: VisitRow) => visitId),
    load: listVisits,
    toItems: visitsJson,
  })
  server.get(
    '/visits/:id',
    {
      config: { access: 'read-sales', own: { params: { id: 'visit' } } },
      serializerCompiler: plainJson,
      schema: {
        tags: ['sales'],
        summary: 'A visit with its scores, verdict and the evidence against it',
        params: Type.Object({ id: Name }),
        response: { 200: Visit, ...problems('not-found') },
      },
    },
    async ({ params: { id } }) => {
      const visit = await visitById(database, id)
      if (visit === undefined) throw new ProblemError('not-found', `There is no visit ${id}.`)
      return (await visitsJson(database, [visit]))[0]!
    },
  )
}

async function visitsJson(reader: Reader, rows: readonly VisitRow[]): Promise<Static<typeof Visit>[]> {
  const assessments = await assessmentsOfVisits(
    reader,
    rows.map(({ visitId }) => visitId),
  )
  return withCustomerNames(reader, rows, (row, name) => visitJson(row, name, assessments.get(row.visitId)))
}

function visitJson(
  visit: VisitRow,
  customerName: string | null,
  assessment: StoredVisitAssessment | undefined,
): Static<typeof Visit> {
  return {
    ...isoTimes(visit),
    customerName,
    verdict: assessment?.verdict ?? 'fine',
    falseScore: assessment?.falseScore ?? 0,
    invalidScore: assessment?.invalidScore ?? 0,
    evidence: assessment?.evidence ?? [],
    policyVersion: assessment?.policyVersion ?? 0,
    modelId: assessment?.modelId ?? null,
    reasons: assessment?.reasons ?? [],
    visitCount: assessment?.visitCount ?? null,
    conversionProbability: assessment?.conversionProbability ?? null,
  }
}
