import { Type } from 'typebox'
import { PotentialCustomer as PotentialRecord } from '../../schemas/loans/potential-customers.ts'
import { listPotentialCustomers } from '../../store/loans/potential-customers.ts'
import { answerFields } from '../http/answer-fields.ts'
import { decodeRankCursor, encodeRankCursor } from '../http/cursor.ts'
import type { ApiPorts } from '../ports.ts'
import { problems } from '../http/problem.ts'
import { Reason } from '../reasons.ts'
import { nullable, pageOf, PAGE_DEFAULT, paging } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

const PotentialCustomer = Type.Object({
  ...answerFields(PotentialRecord, ['id', 'source', 'potential']),
  name: nullable(Type.String()),
  reasons: Type.Array(Reason, { description: 'The largest contributions to the estimate, the largest first.' }),
})

/** Who is likely to need a loan, ranked (spec L3, L5). */
export function potentialCustomersRoute(server: Server, { database }: ApiPorts): void {
  server.get(
    '/potential-customers',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['sales'],
        summary: 'Customers whose predicted use of the credit line is above the current threshold, highest first',
        querystring: Type.Object(paging, { additionalProperties: false }),
        response: { 200: pageOf(PotentialCustomer), ...problems('invalid-request', 'not-found') },
      },
    },
    async ({ query: { limit = PAGE_DEFAULT, after } }) => {
      const rows = await listPotentialCustomers(database, {
        limit: limit + 1,
        ...(after === undefined ? {} : { after: decodeRankCursor(after) }),
      })
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        items: shown.map(({ since, occurredAt, reasons, ...rest }) => ({
          ...rest,
          reasons: [...reasons],
          since: since.toISOString(),
          occurredAt: occurredAt.toISOString(),
        })),
        next: rows.length > limit ? encodeRankCursor({ estimate: last!.estimate, id: last!.customerId }) : null,
      }
    },
  )
}
