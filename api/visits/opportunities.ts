import { Type, type Static } from 'typebox'
import { Opportunity as OpportunityRecord } from '../../schemas/visits/visits.ts'
import { opportunityBriefs, type OpportunityBrief } from '../../store/customers/names.ts'
import { listOpportunities, type StoredOpportunity } from '../../store/visits/opportunities.ts'
import { answerFields } from '../http/answer-fields.ts'
import { page } from '../http/cursor.ts'
import type { ApiPorts } from '../ports.ts'
import { problems } from '../http/problem.ts'
import { filter, nullable, pageOf, paging, Probability } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

export const Opportunity = Type.Object({
  ...answerFields(OpportunityRecord, ['id', 'revision', 'source']),
  customerName: nullable(Type.String()),
  probability: Probability,
  visitCount: nullable(Type.Integer()),
  verdict: nullable(Type.String(), 'Verdict of the policy on its visits; null: never flagged.'),
})

export function opportunityJson(
  opportunity: StoredOpportunity,
  brief: OpportunityBrief | undefined,
): Static<typeof Opportunity> {
  const { occurredAt, ...rest } = opportunity
  return {
    ...rest,
    occurredAt: occurredAt.toISOString(),
    customerName: brief?.customerName ?? null,
    verdict: brief?.verdict ?? null,
  }
}

const Query = Type.Object(
  {
    customerId: filter(),
    salespersonId: filter(),
    teamId: filter(),
    status: Type.Optional(Type.Enum(['open', 'won', 'lost', 'deleted'])),
    ...paging,
  },
  { additionalProperties: false },
)

export function opportunitiesRoute(server: Server, { database }: ApiPorts): void {
  server.get(
    '/opportunities',
    {
      config: { access: 'read-sales' },
      schema: {
        tags: ['sales'],
        summary: 'Opportunities, newest first, each with its newest conversion probability and verdict',
        querystring: Query,
        response: { 200: pageOf(Opportunity), ...problems('invalid-request', 'not-found') },
      },
    },
    ({ query: { limit, after, ...filter } }) =>
      page(
        { limit, after },
        (request) => listOpportunities(database, filter, request),
        ({ occurredAt, opportunityId }) => ({ at: occurredAt, id: opportunityId }),
        async (rows) => {
          const briefs = await opportunityBriefs(
            database,
            rows.map(({ opportunityId }) => opportunityId),
          )
          return rows.map((row) => opportunityJson(row, briefs.get(row.opportunityId)))
        },
      ),
  )
}
