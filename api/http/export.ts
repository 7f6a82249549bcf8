import { pipeline, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { Type } from 'typebox'
import { startSnapshot, type Database } from '../../store/database.ts'
import { masked, maskOf, type Mask, type PersonalKinds } from '../access/mask.ts'
import { maskedKinds } from '../access/mask-answers.ts'
import type { Principal } from '../access/principal.ts'
import type { List } from './list.ts'
import { ProblemError, problems } from './problem.ts'
import type { Server } from './server.ts'
import { createSlots, type Slots } from './slots.ts'
import { startBeforeResponse } from './start-before-response.ts'

const PAGE = 500
/** Each export holds a database connection and a snapshot for as long as its client reads. */
const EXPORTS_MAX = 3
const WAIT_MS = 5_000

const slotsOf = new WeakMap<Database, Slots>()

/** Adds `PATH.csv` and `PATH.ndjson`, which stream all rows of a list from one snapshot. */
export function exportRoutes<Row, Position>(
  server: Server,
  database: Database,
  list: List<object, Row, Position>,
): void {
  const columns = Object.keys(list.item.properties)
  const mask = maskOf(list.item)
  route('csv', 'text/csv', (items) =>
    pipeline(Readable.from(items), stringify({ header: true, columns, ...CSV }), () => {}),
  )
  route('ndjson', 'application/x-ndjson', (items) => Readable.from(lines(items)))

  function route(ending: string, type: string, encode: (items: AsyncIterable<object>) => NodeJS.ReadableStream): void {
    const { path, access, own, tag, summary, params, filters } = list
    server.get(
      `${path}.${ending}`,
      {
        config: { access, ...(own && { own }) },
        exposeHeadRoute: false,
        schema: {
          tags: [tag],
          summary: `${summary}: all of them, as ${ending === 'csv' ? 'CSV' : 'JSON Lines'}`,
          ...(params && { params }),
          querystring: Type.Object(filters, { additionalProperties: false }),
          response: {
            200: { description: 'All rows as of one moment.', content: { [type]: { schema: Type.String() } } },
            ...problems('invalid-request', 'not-found'),
          },
        },
      },
      async (request, reply) => {
        const filter = { ...(request.params as object), ...(request.query as object) }
        const rows = exported(database, list, filter, request.principal)
        const items = await startBeforeResponse(maskedItems(rows, mask, maskedKinds(request)))
        const name = path.split('/').at(-1)!
        void reply
          .type(`${type}; charset=utf-8`)
          .header('content-disposition', `attachment; filename="${name}.${ending}"`)
        return reply.send(encode(items) as never)
      },
    )
  }
}

/** Safe for spreadsheets: a byte order mark so that they read UTF-8, and no cell that they run as a formula. */
const CSV = {
  bom: true,
  escape_formulas: true,
  record_delimiter: '\r\n',
  cast: { boolean: String, object: (value: object) => JSON.stringify(value) },
} as const

async function* maskedItems(
  items: AsyncIterable<object>,
  mask: Mask | undefined,
  kinds: PersonalKinds,
): AsyncGenerator<object> {
  for await (const item of items) yield kinds.size === 0 ? item : (masked(item, mask, kinds) as object)
}

async function* lines(items: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`
}

async function* exported<Filter, Row, Position>(
  database: Database,
  list: List<Filter, Row, Position>,
  filter: Filter,
  principal: Principal | undefined,
): AsyncGenerator<object> {
  const slots = slotsOf.get(database) ?? createSlots(EXPORTS_MAX, WAIT_MS)
  slotsOf.set(database, slots)
  if (!(await slots.take()))
    throw new ProblemError('unavailable', `${EXPORTS_MAX} other exports are running. Try again later.`)
  try {
    const snapshot = await startSnapshot(database)
    try {
      let after: { readonly after?: Position } = {}
      for (;;) {
        const rows = await list.load(snapshot.reader, filter, { limit: PAGE, ...after }, principal)
        yield* await list.toItems(snapshot.reader, rows, filter, principal)
        if (rows.length < PAGE) return
        after = { after: list.cursor.positionOf(rows.at(-1)!) }
      }
    } finally {
      await snapshot.end()
    }
  } finally {
    slots.release()
  }
}
