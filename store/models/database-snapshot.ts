import { sql } from 'kysely'
import { startSnapshot, type Database, type Reader } from '../database.ts'
import { everyMerge } from '../customers/customer-merges.ts'
import { erasuresAfter } from '../operations/personal-data-acts.ts'
import { ERASED_BYTES } from '../persons.ts'
import { scoreCutoff } from '../operations/retention.ts'
import type { Row } from '../sink/writer.ts'
import { selectionOf } from '../sql/stored-value.ts'
import type { Tables } from '../tables.ts'
import type { Columns } from '../sql/write-rows.ts'

/** A consistent view of the database, in which positions and rows match. */
export interface DatabaseSnapshot {
  /** Next offset to write of each partition, by `topic/partition`. */
  readonly positions: ReadonlyMap<string, number>
  /** Events that the database refused, as `topic/partition/offset`. */
  readonly refused: ReadonlySet<string>
  /** Rows whose bytes an erasure has emptied, as `table` and key joined by NUL. */
  readonly emptied: ReadonlySet<string>
  /** Erasures at that moment. */
  readonly erasures: readonly { readonly digest: string; readonly refusedUntil: number }[]
  /** Merges of customers at that moment. */
  readonly merges: readonly { readonly customerId: string; readonly intoId: string }[]
  /** Reads every row of a table, in any order, with the columns selected as `selectionOf` defines. */
  rows(table: keyof Tables, columns: Columns<Row>): AsyncIterable<Row>
  /** Returns the time before which months of the history of scores may have been dropped. */
  scoreCutoff(scoresMs: number | null): Promise<number>
}

const ROWS_PER_FETCH = 500

/** Runs `look` on one snapshot of the database, for verification. */
export async function withSnapshot<Result>(
  database: Database,
  work: (served: DatabaseSnapshot) => Promise<Result>,
): Promise<Result> {
  const { reader, end } = await startSnapshot(database)
  try {
    // Reading the topics or scanning a large table may take arbitrarily long.
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(reader)
    await sql`set local statement_timeout = 0`.execute(reader)
    return await work(await snapshotOf(reader))
  } finally {
    await end()
  }
}

/** Excludes the sink's own gaps, which no topic holds. */
const OTHERS_GAPS = ` where processor <> 'sink'`

async function snapshotOf(transaction: Reader): Promise<DatabaseSnapshot> {
  const positions = await transaction
    .selectFrom('sink_positions')
    .select(['topic', 'partition', 'nextOffset'])
    .execute()
  const refused = await transaction
    .selectFrom('dead_letters')
    .select(['topic', 'partition', 'offset'])
    .where('processor', '=', 'sink')
    .execute()
  const { rows: emptied } = await sql<{ name: string; id: string }>`
    select 'dead_letters' as name, id from dead_letters where value = ${ERASED_BYTES}
    union all select 'unmapped_webhooks', id from unmapped_webhooks where body = ${ERASED_BYTES}`.execute(transaction)
  const erasures = await erasuresAfter(transaction, 0)
  const merges = await everyMerge(transaction)
  return {
    emptied: new Set(emptied.map(({ name, id }) => `${name}\u0000${id}`)),
    erasures,
    merges,
    positions: new Map(positions.map(({ topic, partition, nextOffset }) => [`${topic}/${partition}`, nextOffset])),
    refused: new Set(refused.map(({ topic, partition, offset }) => `${topic}/${partition}/${offset}`)),
    async *rows(table, columns) {
      const selected = Object.entries(columns).map(([name, type]) => selectionOf(name, type))
      await sql`declare served no scroll cursor for select ${sql.raw(selected.join(', '))} from ${sql.table(table)}${sql.raw(table === 'gaps' ? OTHERS_GAPS : '')}`.execute(
        transaction,
      )
      try {
        for (;;) {
          const { rows } = await sql.raw<Row>(`fetch ${ROWS_PER_FETCH} from served`).execute(transaction)
          if (rows.length === 0) break
          yield* rows
        }
      } finally {
        await sql`close served`.execute(transaction)
      }
    },
    scoreCutoff: async (scoresMs) =>
      scoresMs === null ? Number.NEGATIVE_INFINITY : (await scoreCutoff(transaction, scoresMs, new Date())).getTime(),
  }
}
