import { Type } from 'typebox'
import { listCustomers, type CustomerSummary as StoredCustomerSummary } from '../../store/customers/customers.ts'
import type { ApiPorts } from '../ports.ts'
import { ofTeamOnly } from '../http/access.ts'
import { byId } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { CustomerName, personal } from '../http/personal.ts'
import { filter, nullable, Text, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

export const CustomerSummary = Type.Object({
  customerId: Type.String(),
  name: CustomerName,
  segment: nullable(Type.String()),
  residence: personal('profile', nullable(Type.String())),
  source: nullable(Type.String(), 'The system that sent the profile; `simulator` for a simulated customer.'),
  featuresAt: nullable(Time, 'Event time of the newest features.'),
})

const filters = {
  query: Type.Optional(
    personal('names', Type.String({ ...Text, minLength: 1, maxLength: 200, description: 'Part of the name or id.' })),
  ),
  teamId: filter('Customers with whom the team has an opportunity.'),
}

export function customersRoute(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/customers',
    access: 'read-customers',
    own: ofTeamOnly,
    tag: 'customers',
    summary: 'Customers by id',
    filters,
    item: CustomerSummary,
    cursor: byId(({ customerId }: StoredCustomerSummary) => customerId),
    load: (reader, { query, ...rest }, request) =>
      listCustomers(reader, { ...request, ...rest, ...(query === undefined ? {} : { search: query }) }),
    toItems: (_reader, rows) => rows.map(isoTimes),
  })
}
