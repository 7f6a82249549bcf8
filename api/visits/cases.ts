import { Type } from 'typebox'
import { caseStatuses } from '../../schemas/visits/cases.ts'
import { caseOrders, listCases, type ListedCase } from '../../store/visits/listed-cases.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { ownOfList } from '../http/access.ts'
import { ranked } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import { filter } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { PricedCase, pricedCaseJson } from './case-json.ts'

const filters = {
  status: Type.Optional(
    Type.Enum(['undecided', ...caseStatuses], { description: '`undecided`: open, assigned, answered or proposed.' }),
  ),
  verdict: Type.Optional(Type.Enum(['fine', 'invalid', 'suspected_false'])),
  origin: Type.Optional(Type.Enum(['flagged', 'sampled'])),
  salespersonId: filter('Salesperson of the visit.'),
  teamId: filter('Team of the opportunity.'),
  customerId: filter(),
  reviewer: filter(),
  overdue: Type.Optional(Type.Boolean()),
  snoozed: Type.Optional(Type.Boolean()),
  order: Type.Optional(
    Type.Enum([...caseOrders], {
      description:
        '`loss`, the default: largest expected loss first; `newest`: newest first; `due`: earliest due date first.',
    }),
  ),
}

/** Route for the review queue (spec V5). */
export function casesRoute(server: Server, { database, reviews }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/cases',
    access: 'read-sales',
    own: ownOfList,
    tag: 'sales',
    summary: 'Visits under review, largest expected loss first',
    filters,
    item: PricedCase,
    cursor: ranked(
      ({ place }: ListedCase) => place,
      ({ visitId }) => visitId,
    ),
    load: async (reader, wanted, page) => listCases(reader, wanted, await reviews.scale(reader), page),
    toItems: (reader, rows) => withCustomerNames(reader, rows, pricedCaseJson),
  })
}
