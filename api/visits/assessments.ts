import { Type, type Static } from 'typebox'
import { Assessment as AssessmentRecord } from '../../schemas/visits/assessments.ts'
import { listAssessments, type StoredAssessment } from '../../store/visits/assessments.ts'
import { answerFields } from '../http/answer-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import type { ApiPorts } from '../ports.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { filter, nullable, Probability } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

export const Assessment = Type.Object({
  ...answerFields(AssessmentRecord, ['source']),
  customerName: nullable(Type.String()),
  probability: Probability,
})

export function assessmentJson(assessment: StoredAssessment, customerName: string | null): Static<typeof Assessment> {
  return { ...assessment, customerName, occurredAt: assessment.occurredAt.toISOString() }
}

const filters = {
  verdict: Type.Optional(
    Type.Enum(['fine', 'invalid', 'suspected_false'], {
      description: '`fine`: those that were flagged before.',
    }),
  ),
  customerId: filter(),
  salespersonId: filter(),
}

/** Verdicts of the current policy on visits (spec V5). */
export function assessmentsRoute(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/assessments',
    access: 'read-sales',
    tag: 'sales',
    summary: 'Verdicts of the current policy on the visits of opportunities, newest first',
    filters,
    item: Assessment,
    cursor: newestFirst(({ id }: StoredAssessment) => id),
    load: listAssessments,
    show: (reader, rows) => withCustomerNames(reader, rows, assessmentJson),
  })
}
