import { Type } from 'typebox'
import { Gap } from '../../schemas/platform/platform.ts'
import { listGaps } from '../../store/operations/gaps.ts'
import { answerFields } from '../http/answer-fields.ts'
import { page } from '../http/cursor.ts'
import type { ApiPorts } from '../ports.ts'
import { problems } from '../http/problem.ts'
import { pageOf, paging } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

const Listed = pageOf(Type.Object(answerFields(Gap, ['source'])))

/** Records that retention deleted before their reader had read them. */
export function gapsRoute(server: Server, { database }: ApiPorts): void {
  server.get(
    '/gaps',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['operations'],
        summary: 'Records that were deleted before they were read, newest first',
        querystring: Type.Object({ ...paging }, { additionalProperties: false }),
        response: { 200: Listed, ...problems('invalid-request', 'not-found') },
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
