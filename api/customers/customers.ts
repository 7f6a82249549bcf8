import { Type } from 'typebox'
import { listCustomers } from '../../store/customers/customers.ts'
import type { ApiPorts } from '../ports.ts'
import { problems } from '../http/problem.ts'
import { filter, nullable, pageOf, PAGE_DEFAULT, paging, Text, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

export const CustomerSummary = Type.Object({
  customerId: Type.String(),
  name: nullable(Type.String()),
  segment: nullable(Type.String()),
  residence: nullable(Type.String()),
  source: nullable(Type.String(), 'The system that emitted the profile; `simulator`: the customer is simulated.'),
  featuresAt: nullable(Time, 'Event time of the newest features.'),
})

const Query = Type.Object(
  {
    query: Type.Optional(
      Type.String({ ...Text, minLength: 1, maxLength: 200, description: 'Part of the name or of the id.' }),
    ),
    limit: paging.limit,
    after: filter('The `next` of the page before: the last id on it.'),
  },
  { additionalProperties: false },
)

export function customersRoute(server: Server, { database }: ApiPorts): void {
  server.get(
    '/customers',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['customers'],
        summary: 'Customers by id',
        querystring: Query,
        response: { 200: pageOf(CustomerSummary), ...problems('invalid-request') },
      },
    },
    async ({ query: { query: search, after, limit = PAGE_DEFAULT } }) => {
      const rows = await listCustomers(database, {
        limit: limit + 1,
        ...(search === undefined ? {} : { search }),
        ...(after === undefined ? {} : { after }),
      })
      const shown = rows.slice(0, limit)
      return {
        items: shown.map(({ featuresAt, ...rest }) => ({ ...rest, featuresAt: featuresAt?.toISOString() ?? null })),
        next: rows.length > limit ? shown.at(-1)!.customerId : null,
      }
    },
  )
}
