import { Type, type Static, type TObject, type TProperties } from 'typebox'
import type { Database } from '../../store/database.ts'
import { exportRoutes } from './export.ts'
import type { List } from './list.ts'
import { problems } from './problem.ts'
import { pageOf, PAGE_DEFAULT, paging } from './schema-parts.ts'
import { plainJson } from './plain-json.ts'
import type { Server } from './server.ts'

/** Adds the routes of a list: in pages, and whole as CSV and as JSON Lines. */
export function listRoutes<
  Filters extends TProperties,
  Row,
  Position,
  Params extends TProperties = Record<never, never>,
>(
  server: Server,
  database: Database,
  list: List<Static<TObject<Params>> & Static<TObject<Filters>>, Row, Position> & {
    readonly filters: Filters
    readonly params?: TObject<Params>
  },
): void {
  type Filter = Static<TObject<Params>> & Static<TObject<Filters>>
  const { path, access, own, tag, summary, params, filters, item, cursor } = list
  server.get(
    path,
    {
      config: { access, ...(own && { own }) },
      serializerCompiler: plainJson,
      schema: {
        tags: [tag],
        summary,
        ...(params && { params }),
        querystring: Type.Object({ ...filters, ...paging }, { additionalProperties: false }),
        response: { 200: pageOf(item), ...problems('invalid-request', 'not-found') },
      },
    },
    async (request) => {
      const { limit = PAGE_DEFAULT, after, ...rest } = request.query as { limit?: number; after?: string }
      const filter = { ...(request.params as object), ...rest } as Filter
      // One row more than asked for tells whether there is a next page.
      const place = { limit: limit + 1, ...(after === undefined ? {} : { after: cursor.decode(after) }) }
      const rows = await list.load(database, filter, place, request.principal)
      const shown = rows.slice(0, limit)
      const next = rows.length > limit ? cursor.encode(cursor.positionOf(shown.at(-1)!)) : null
      return { items: await list.toItems(database, shown, filter, request.principal), next } as never
    },
  )
  exportRoutes(server, database, list as unknown as List<object, Row, Position>)
}
