import { Type } from 'typebox'
import { ObjectionAnswer, ScriptPart } from '../../schemas/calls/script-templates.ts'
import { products } from '../../schemas/calls/products.ts'
import { reviewsOf } from '../../store/calls/script-reviews.ts'
import { listScripts, storedScript, type ScriptRow, type StoredScript } from '../../store/calls/scripts.ts'
import type { Database } from '../../store/database.ts'
import { newestFirst, type Cursor } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { responseFields } from '../http/response-fields.ts'
import { filter, Name, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { PagePosition } from '../../store/sql/page.ts'
import type { ApiPorts } from '../ports.ts'
import { settingOn } from '../versioned-settings.ts'
import { RenderedScript, renderStoredScript, scriptOptions } from './rendered-script.ts'
import { Review, scriptReviewsRoute } from './script-reviews.ts'

const Script = Type.Object({
  id: Type.String({ description: 'Hash of the content: another text is another script.' }),
  template: Type.String(),
  templateVersion: Type.Integer(),
  language: Type.String(),
  product: nullable(Type.String(), 'null if the script is for customers whose interests are unknown.'),
  author: nullable(Type.String(), 'Author of that version of the template; null if it is built in.'),
  status: Type.String({ description: 'unreviewed, approved or rejected.' }),
  useCount: Type.Integer({ description: 'Number of calls that were given the script.' }),
  lastUsedAt: { ...nullable(Type.String(), 'null if no call was given it yet.'), format: 'date-time' },
  createdAt: Time,
  groups: Type.Array(
    Type.Object({
      targetGroup: Type.String(),
      groupVersion: Type.Integer({ description: 'Version of the group when the script was first given to it.' }),
      features: Type.Array(Type.String(), { description: 'Features that the condition of the group reads.' }),
    }),
    { description: 'Target groups that the script was given to; empty if only to customers in no group.' },
  ),
})
const WholeScript = Type.Object({
  ...Script.properties,
  productValues: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]), {
    description: 'Values of the placeholders that depend on the product.',
  }),
  parts: Type.Array(Type.Object(responseFields(ScriptPart))),
  answers: Type.Array(Type.Object(responseFields(ObjectionAnswer))),
  reviews: Type.Array(Review, { description: 'All reviews, newest first.' }),
})

const position = newestFirst(({ id }: { readonly id: string; readonly occurredAt: Date }) => id)
const newestCreated: Cursor<ScriptRow, PagePosition> = {
  ...position,
  positionOf: ({ createdAt, id }) => ({ at: createdAt, id }),
}

/** Routes of the script database: scripts that were generated, with their groups, use and reviews (spec C9). */
export function scriptDatabaseRoutes(server: Server, ports: ApiPorts): void {
  listRoutes(server, ports.database, {
    path: '/scripts',
    access: 'read-settings',
    tag: 'calls',
    summary: 'Scripts that were generated from templates, with their target groups and use, newest first',
    filters: { template: filter(), targetGroup: filter(), language: filter(), product: filter(), status: filter() },
    item: Script,
    cursor: newestCreated,
    load: listScripts,
    toItems: (_, rows) => Promise.resolve(rows.map(isoTimes)),
  })
  oneRoute(server, ports)
  previewRoute(server, ports)
  scriptReviewsRoute(server, ports)
}

function oneRoute(server: Server, { database }: ApiPorts): void {
  server.get(
    '/scripts/:id',
    {
      config: { access: 'read-settings' },
      schema: {
        tags: ['calls'],
        summary: 'A script with its texts and its reviews',
        params: Type.Object({ id: Name }),
        response: { 200: WholeScript, ...problems('not-found') },
      },
    },
    async ({ params: { id } }) => {
      const reviews = await reviewsOf(database, id)
      return { ...isoTimes(await requireScript(database, id)), reviews: reviews.map(isoTimes) } as never
    },
  )
}

function previewRoute(server: Server, { database, settings }: ApiPorts): void {
  const { agent, spokenAs } = scriptOptions
  server.get(
    '/scripts/:id/preview',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'What a script says to a customer; nothing is recorded',
        params: Type.Object({ id: Name }),
        querystring: Type.Object({ customerId: Name, agent, spokenAs }, { additionalProperties: false }),
        response: { 200: RenderedScript, ...problems('invalid-request', 'not-found') },
      },
    },
    async ({ params: { id }, query: { customerId, ...options } }) => {
      const script = await requireScript(database, id)
      return renderStoredScript(database, settingOn(settings, products), script, customerId, options)
    },
  )
}

async function requireScript(database: Database, id: string): Promise<StoredScript> {
  const script = await storedScript(database, id)
  if (script === undefined) throw new ProblemError('not-found', `There is no script ${JSON.stringify(id)}.`)
  return script
}
