import { Type } from 'typebox'
import { catalogueAt, catalogueChanges } from '../../store/versioned-settings.ts'
import type { ApiPorts } from '../ports.ts'
import { isoTimes } from '../http/iso-times.ts'
import { problems } from '../http/problem.ts'
import { Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { entrySchema } from '../versioned-settings.ts'

const Version = Type.Integer({ description: '0: the built-in default.' })
const Change = Type.Object({
  version: Type.Integer(),
  kind: Type.String({ description: 'need or characteristic' }),
  entryId: Type.String(),
  changedBy: Type.String(),
  changedAt: Time,
})

/**
 * Routes for the catalogues of needs and characteristics as a whole (spec R1). Single entries are edited by the routes
 * in versioned-settings.ts.
 */
export function dictionaryRoutes(server: Server, { database, dictionary }: ApiPorts): void {
  server.get(
    '/dictionary',
    {
      config: { access: 'read-settings' },
      schema: {
        tags: ['settings'],
        summary: 'Current needs and characteristics, or those of an earlier version',
        querystring: Type.Object(
          {
            version: Type.Optional(
              Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, description: 'Default: the newest.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            version: Version,
            needs: Type.Array(entrySchema(dictionary.lists['needs']!)),
            characteristics: Type.Array(entrySchema(dictionary.lists['characteristics']!)),
          }),
          ...problems('invalid-request'),
        },
      },
    },
    async ({ query: { version: asked } }) => {
      const { version, needs, characteristics } = await catalogueAt(database, dictionary, asked)
      return { version, needs: [...needs], characteristics: [...characteristics] }
    },
  )
  server.get(
    '/dictionary/changes',
    {
      config: { access: 'read-settings' },
      schema: {
        tags: ['settings'],
        summary: 'Who changed which entry of the dictionary, newest first',
        response: { 200: Type.Object({ items: Type.Array(Change) }) },
      },
    },
    async () => {
      const changes = await catalogueChanges(database, dictionary)
      return { items: changes.map(isoTimes) }
    },
  )
}
