import { Type, type Static } from 'typebox'
import { Opportunity as OpportunityRecord } from '../../schemas/visits/visits.ts'
import { opportunityBriefs, type OpportunityBrief } from '../../store/customers/names.ts'
import { listOpportunities, type StoredOpportunity } from '../../store/visits/opportunities.ts'
import { ownOfList } from '../http/access.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import type { ApiPorts } from '../ports.ts'
import { CustomerName } from '../http/personal.ts'
import { filter, nullable, Probability } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

export const Opportunity = Type.Object({
  ...responseFields(OpportunityRecord, ['id', 'revision', 'source']),
  customerName: CustomerName,
  probability: Probability,
  visitCount: nullable(Type.Integer()),
  verdict: nullable(Type.String(), 'Verdict of the policy on its visits; null if never flagged.'),
})

export function opportunityJson(
  opportunity: StoredOpportunity,
  brief: OpportunityBrief | undefined,
): Static<typeof Opportunity> {
  return {
    ...isoTimes(opportunity),
    customerName: brief?.customerName ?? null,
    verdict: brief?.verdict ?? null,
  }
}

const filters = {
  customerId: filter(),
  salespersonId: filter(),
  teamId: filter(),
  status: Type.Optional(Type.Enum(['open', 'won', 'lost', 'deleted'])),
}

export function opportunitiesRoute(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/opportunities',
    access: 'read-sales',
    own: ownOfList,
    tag: 'sales',
    summary: 'Opportunities with their newest conversion probability and verdict, newest first',
    filters,
    item: Opportunity,
    cursor: newestFirst(({ opportunityId }: StoredOpportunity) => opportunityId),
    load: listOpportunities,
    async toItems(reader, rows) {
      const briefs = await opportunityBriefs(
        reader,
        rows.map(({ opportunityId }) => opportunityId),
      )
      return rows.map((row) => opportunityJson(row, briefs.get(row.opportunityId)))
    },
  })
}
