import { Type } from 'typebox'
import { PotentialCustomer as PotentialRecord } from '../../schemas/loans/potential-customers.ts'
import { listPotentialCustomers, type ListedPotentialCustomer } from '../../store/loans/potential-customers.ts'
import { responseFields } from '../http/response-fields.ts'
import { ranked } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import type { ApiPorts } from '../ports.ts'
import { Reason } from '../reasons.ts'
import { CustomerName } from '../http/personal.ts'
import type { Server } from '../http/server.ts'

const PotentialCustomer = Type.Object({
  ...responseFields(PotentialRecord, ['id', 'source', 'potential']),
  name: CustomerName,
  reasons: Type.Array(Reason, { description: 'The largest contributions to the estimate, largest first.' }),
})

/** Route that ranks the customers who are likely to need a loan (spec L3, L5). */
export function potentialCustomersRoute(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/potential-customers',
    access: 'read-customers',
    tag: 'sales',
    summary: 'Customers whose predicted use of the credit line is above the current threshold, highest first',
    filters: {},
    item: PotentialCustomer,
    cursor: ranked(
      ({ estimate }: ListedPotentialCustomer) => estimate,
      ({ customerId }) => customerId,
    ),
    load: (reader, _filter, request) => listPotentialCustomers(reader, request),
    toItems: (_reader, rows) => rows.map((row) => ({ ...isoTimes(row), reasons: [...row.reasons] })),
  })
}
