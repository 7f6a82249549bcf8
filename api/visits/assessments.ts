import { Type, type Static } from 'typebox'
import { Assessment as AssessmentRecord } from '../../schemas/visits/assessments.ts'
import type { Reader } from '../../store/database.ts'
import { listAssessments, type StoredAssessment } from '../../store/visits/assessments.ts'
import { summariesOfVisits, type VisitsSummary } from '../../store/visits/visit-assessments.ts'
import { ownOfList } from '../http/access.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import type { ApiPorts } from '../ports.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { CustomerName } from '../http/personal.ts'
import { filter, Probability } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

export const Assessment = Type.Object({
  ...responseFields(AssessmentRecord, ['source']),
  customerName: CustomerName,
  probability: Probability,
  visits: Type.Object(
    {
      suspectedFalse: Type.Integer(),
      invalid: Type.Integer(),
      falseScoreMax: Type.Number({ description: 'Highest score of any of its visits, 0 to 1.' }),
      invalidScoreMax: Type.Number(),
    },
    { description: 'Summary of the evidence against its visits (`GET /visits`).' },
  ),
})

const NOTHING_FOUND: VisitsSummary = { suspectedFalse: 0, invalid: 0, falseScoreMax: 0, invalidScoreMax: 0 }

/** Converts assessments to response items. */
export async function assessmentsJson(
  reader: Reader,
  assessments: readonly StoredAssessment[],
): Promise<Static<typeof Assessment>[]> {
  const ids = assessments.map(({ opportunityId }) => opportunityId)
  const summaries = await summariesOfVisits(reader, ids)
  return withCustomerNames(reader, assessments, (assessment, customerName) => ({
    ...isoTimes(assessment),
    customerName,
    visits: summaries.get(assessment.opportunityId) ?? NOTHING_FOUND,
  }))
}

const filters = {
  verdict: Type.Optional(
    Type.Enum(['fine', 'invalid', 'suspected_false'], {
      description: '`fine` selects assessments that were flagged before.',
    }),
  ),
  customerId: filter(),
  salespersonId: filter(),
  teamId: filter('Team of the opportunity.'),
}

/** Route that lists the current policy's verdicts on visits (spec V5). */
export function assessmentsRoute(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/assessments',
    access: 'read-sales',
    own: ownOfList,
    tag: 'sales',
    summary: 'Verdicts of the current policy on the visits of opportunities, newest first',
    filters,
    item: Assessment,
    cursor: newestFirst(({ id }: StoredAssessment) => id),
    load: listAssessments,
    toItems: assessmentsJson,
  })
}
