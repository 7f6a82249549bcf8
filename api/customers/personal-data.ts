import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { problems } from '../http/problem.ts'
import { Name, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { startBeforeResponse } from '../http/start-before-response.ts'
import { ChangedBy, ChangeReason } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'

const tags = ['customers']
const params = Type.Object({ id: Name })
const who = { changedBy: ChangedBy, reason: ChangeReason }

const Erased = Type.Object({
  digest: Type.String({ description: 'Digest of the id, which is all that is kept of the person as a proof.' }),
  refusedUntil: { ...Time, description: 'Records about the person that are written before are dropped.' },
  rows: Type.Record(Type.String(), Type.Integer(), { description: 'Rows that were deleted or emptied, by table.' }),
  remainsIn: Type.Array(
    Type.Object({
      topic: Type.String(),
      days: Type.Number({ description: 'Days for which the topic keeps a record.' }),
      by: Type.String({ description: 'How its records name the person.' }),
    }),
    { description: 'Topics that hold records of the person until their retention ends.' },
  ),
})

/** Routes for a person's rights: a copy of all that is known of them, and its erasure. */
export function personalDataRoutes(server: Server, { personalData }: Pick<ApiPorts, 'personalData'>): void {
  server.get(
    '/customers/:id/personal-data',
    {
      config: { access: 'administer' },
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'All that is known of a person, from every table and topic, as JSON Lines',
        description: 'Reads every topic to its end, which takes minutes where there are many events.',
        params,
        querystring: Type.Object(who, { additionalProperties: false }),
        response: {
          200: {
            description: 'One record per line: its store, its table or topic, its position, and the record.',
            content: { 'application/x-ndjson': { schema: Type.String() } },
          },
          ...problems('invalid-request', 'forbidden', 'unavailable'),
        },
      },
    },
    async ({ params: { id }, query: { changedBy: doneBy, reason } }, reply) => {
      const lines = await startBeforeResponse(personalData.export(id, { doneBy, reason }))
      void reply
        .type('application/x-ndjson; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="personal-data.ndjson"')
      return reply.send(Readable.from(lines) as never)
    },
  )
  server.post(
    '/customers/:id/erasure',
    {
      config: { access: 'administer' },
      schema: {
        tags,
        summary: 'Erases a person; a second erasure and an unknown person are no errors',
        params,
        body: Type.Object(
          {
            ...who,
            refuseDays: Type.Optional(
              Type.Integer({
                minimum: 0,
                maximum: 3_650,
                default: 30,
                description: 'Days for which records about the person are dropped; later ones are a new beginning.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Erased, ...problems('invalid-request', 'forbidden', 'unavailable') },
      },
    },
    async ({ params: { id }, body: { changedBy: doneBy, reason, refuseDays = 30 } }) => {
      const { refusedUntil, ...erased } = await personalData.erase(id, { doneBy, reason, refuseDays })
      return { ...erased, refusedUntil: refusedUntil.toISOString() }
    },
  )
}
