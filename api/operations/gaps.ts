import { Type } from 'typebox'
import { listGaps } from '../../store/operations/gaps.ts'
import { page } from '../http/cursor.ts'
import type { ApiPorts } from '../ports.ts'
import { problems } from '../http/problem.ts'
import { pageOf, paging, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

const Gap = Type.Object({
  id: Type.String(),
  processor: Type.String({ description: 'The reader that missed the records; `sink`: the database lacks them.' }),
  topic: Type.String(),
  partition: Type.Integer(),
  from: Type.Integer({ description: 'Offset of the first record that was not read.' }),
  to: Type.Integer({ description: 'Offset of the first available record, where reading resumed.' }),
  occurredAt: Time,
})

/** Records that were deleted before they were read, because retention had passed the position of their reader. */
export function gapsRoute(server: Server, { database }: ApiPorts): void {
  server.get(
    '/gaps',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['operations'],
        summary: 'Records that were deleted before they were read, newest first',
        querystring: Type.Object({ ...paging }, { additionalProperties: false }),
        response: { 200: pageOf(Gap), ...problems('invalid-request', 'not-found') },
      },
    },
    ({ query }) =>
      page(
        query,
        (request) => listGaps(database, request),
        ({ occurredAt, id }) => ({ at: occurredAt, id }),
        (rows) => rows.map(({ occurredAt, ...rest }) => ({ ...rest, occurredAt: occurredAt.toISOString() })),
      ),
  )
}
