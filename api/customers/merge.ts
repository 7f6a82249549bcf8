import { Type } from 'typebox'
import { mergeRefusalText } from '../../store/customers/merge-refusal-text.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy, ChangeReason } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'

/** Route that makes one customer of two. */
export function mergeRoute(server: Server, { mergeCustomers }: Pick<ApiPorts, 'mergeCustomers'>): void {
  server.post(
    '/customers/:id/merge',
    {
      config: { access: 'administer' },
      schema: {
        tags: ['customers'],
        summary: 'Merges a customer into another: they are one person, with both histories, under the other’s id',
        description: 'It can’t be undone. Events that still come under the former id count for the other customer.',
        params: Type.Object({ id: Name }),
        body: Type.Object(
          {
            into: { ...Name, description: 'Id of the customer who they are.' },
            changedBy: ChangedBy,
            reason: ChangeReason,
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            customerId: Type.String(),
            into: Type.String(),
            rows: Type.Record(Type.String(), Type.Integer(), {
              description: 'Rows that belong to the other customer now, by table.',
            }),
          }),
          ...problems('invalid-request', 'forbidden', 'not-found', 'not-possible', 'unavailable'),
        },
      },
    },
    async ({ params: { id: customerId }, body }) => {
      const done = await mergeCustomers({ customerId, ...body })
      if ('rows' in done) return { customerId, into: body.into, rows: { ...done.rows } }
      const kind = done.refused === 'unknown' ? 'not-found' : 'not-possible'
      throw new ProblemError(kind, mergeRefusalText(done, customerId))
    },
  )
}
