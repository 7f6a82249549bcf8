import { Type, type Static } from 'typebox'
import { Assessment as AssessmentRecord } from '../../schemas/visits/assessments.ts'
import { listAssessments, type StoredAssessment } from '../../store/visits/assessments.ts'
import { customerNames } from '../../store/customers/names.ts'
import { answerFields } from '../http/answer-fields.ts'
import { page } from '../http/cursor.ts'
import type { ApiPorts } from '../ports.ts'
import { problems } from '../http/problem.ts'
import { filter, nullable, pageOf, paging, Probability } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

export const Assessment = Type.Object({
  ...answerFields(AssessmentRecord, ['source']),
  customerName: nullable(Type.String()),
  probability: Probability,
})

export function assessmentJson(assessment: StoredAssessment, customerName: string | null): Static<typeof Assessment> {
  return { ...assessment, customerName, occurredAt: assessment.occurredAt.toISOString() }
}

const Query = Type.Object(
  {
    verdict: Type.Optional(
      Type.Enum(['fine', 'invalid', 'suspected_false'], {
        description: '`fine`: those that were flagged before.',
      }),
    ),
    customerId: filter(),
    salespersonId: filter(),
    ...paging,
  },
  { additionalProperties: false },
)

/** Verdicts of the current policy on visits (spec V5). */
export function assessmentsRoute(server: Server, { database }: ApiPorts): void {
  server.get(
    '/assessments',
    {
      config: { access: 'read-sales' },
      schema: {
        tags: ['sales'],
        summary: 'Verdicts of the current policy on the visits of opportunities, newest first',
        querystring: Query,
        response: { 200: pageOf(Assessment), ...problems('invalid-request', 'not-found') },
      },
    },
    ({ query: { limit, after, ...filter } }) =>
      page(
        { limit, after },
        (request) => listAssessments(database, filter, request),
        ({ occurredAt, id }) => ({ at: occurredAt, id }),
        async (rows) => {
          const names = await customerNames(
            database,
            rows.map(({ customerId }) => customerId),
          )
          return rows.map((row) => assessmentJson(row, names.get(row.customerId) ?? null))
        },
      ),
  )
}
