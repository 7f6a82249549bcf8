import { Type, type Static } from 'typebox'
import { NOT_BLANK } from '../../schemas/rules.ts'
import { listApiKeys, revokeApiKey, type ApiKey } from '../../store/access/api-keys.ts'
import { newestFirst } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import { invalidBody, ProblemError, problems } from '../http/problem.ts'
import { filter, Name, nullable, Text, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'
import { keyFault, KEY_DAYS_DEFAULT, KEY_DAYS_MAX, makeKey } from './make-key.ts'

const Key = Type.Object({
  id: Type.String({ description: 'Public part of the key.' }),
  name: Type.String({ description: 'Holder of the key, recorded as the author of changes.' }),
  roles: Type.Array(Type.String()),
  salespersonId: nullable(Type.String(), 'The salesperson that the holder is; null if none.'),
  teamId: nullable(Type.String(), 'The team that the holder leads; null if none.'),
  createdBy: Type.String(),
  createdAt: Time,
  expiresAt: Time,
  revokedBy: nullable(Type.String()),
  revokedAt: nullable(Time),
  lastUsedAt: nullable(Time, 'Up to an hour behind the last use; null if never used.'),
})

const Wanted = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, pattern: NOT_BLANK, description: 'Holder of the key.' }),
    roles: Type.Array(Type.String({ ...Text, maxLength: 64 }), { minItems: 1, maxItems: 20 }),
    salespersonId: Type.Optional(Type.String({ ...Text, minLength: 1, maxLength: 200 })),
    teamId: Type.Optional(Type.String({ ...Text, minLength: 1, maxLength: 200 })),
    days: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: KEY_DAYS_MAX,
        default: KEY_DAYS_DEFAULT,
        description: 'Days until it expires.',
      }),
    ),
    changedBy: ChangedBy,
  },
  { additionalProperties: false },
)

/** Routes for API keys. Keys are made here only while access is required: anybody could make one otherwise. */
export function keysRoutes(server: Server, { database, access }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/keys',
    access: 'administer',
    tag: 'access',
    summary: 'API keys without their secrets, newest first; revoked and expired ones included',
    filters: { name: filter('Holder of the key.') },
    item: Key,
    cursor: newestFirst(({ id }: ApiKey & { readonly occurredAt: Date }) => id),
    load: async (reader, wanted, page) =>
      (await listApiKeys(reader, wanted, page)).map((key) => ({ ...key, occurredAt: key.createdAt })),
    toItems: (_reader, rows) => rows.map(keyJson),
  })
  server.post(
    '/keys',
    {
      config: { access: 'administer' },
      schema: {
        tags: ['access'],
        summary: 'Makes an API key; the response is the only place that shows it',
        body: Wanted,
        response: {
          201: Type.Object({
            key: Type.String({ description: 'Send it as `Authorization: Bearer KEY`.' }),
            ...Key.properties,
          }),
          ...problems('invalid-request', 'forbidden', 'not-possible'),
        },
      },
    },
    async ({ body }, reply) => {
      const { name, roles, salespersonId = null, teamId = null, days = KEY_DAYS_DEFAULT, changedBy: createdBy } = body
      if (access.mode === 'open')
        throw new ProblemError(
          'not-possible',
          'Access is open, so anybody could make a key here. Make it by `scoreline keys create`, or set ACCESS=required.',
        )
      const fault = keyFault({ roles, salespersonId, teamId }, access.roles)
      if (fault !== undefined) throw invalidBody(fault)
      const { key, text } = await makeKey(database, { name, roles, salespersonId, teamId, days, createdBy })
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ key: text, ...keyJson(key) })
    },
  )
  server.delete(
    '/keys/:id',
    {
      config: { access: 'administer' },
      schema: {
        tags: ['access'],
        summary: 'Revokes an API key; it stays listed, and is refused within ten seconds',
        params: Type.Object({ id: Name }),
        querystring: Type.Object({ changedBy: ChangedBy }, { additionalProperties: false }),
        response: { 200: Key, ...problems('invalid-request', 'forbidden', 'not-found') },
      },
    },
    async ({ params: { id }, query: { changedBy } }) => {
      const key = await revokeApiKey(database, id, changedBy)
      if (key === undefined) throw new ProblemError('not-found', `There is no API key ${JSON.stringify(id)}.`)
      return keyJson(key)
    },
  )
}

function keyJson(key: ApiKey): Static<typeof Key> {
  const { id, name, roles, salespersonId, teamId, createdBy, revokedBy } = key
  const { createdAt, expiresAt, revokedAt, lastUsedAt } = key
  return {
    ...{ id, name, roles, salespersonId, teamId, createdBy, revokedBy },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }
}
