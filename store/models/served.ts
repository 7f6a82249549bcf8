import { sql } from 'kysely'
import { startSnapshot, type Database, type Reader } from '../database.ts'
import { scoresBefore } from '../operations/retention.ts'
import type { Row } from '../sink/writer.ts'
import { selectionOf } from '../sql/stored-value.ts'
import type { Tables } from '../tables.ts'
import type { Columns } from '../sql/write-rows.ts'

/** One look at everything: positions and rows belong together. */
export interface Served {
  /** How far each topic's partition is written, by `topic/partition`. */
  readonly positions: ReadonlyMap<string, number>
  /** Events that the database refused, as `topic/partition/offset`. */
  readonly refused: ReadonlySet<string>
  /** Every row of a table, in any order, with the columns selected as `selectionOf` says. */
  rows(table: keyof Tables, columns: Columns<Row>): AsyncIterable<Row>
  /** Months of the history of scores that end before this may have been dropped. */
  scoresBefore(scoresMs: number | null): Promise<number>
}

const ROWS_PER_FETCH = 500

/** Runs `look` on one snapshot of the database, for a verifier. */
export async function lookAtServed<Result>(
  database: Database,
  look: (served: Served) => Promise<Result>,
): Promise<Result> {
  const { reader, end } = await startSnapshot(database)
  try {
    // Reading the topics takes as long as it takes, and so does a scan of a large table.
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(reader)
    await sql`set local statement_timeout = 0`.execute(reader)
    return await look(await servedIn(reader))
  } finally {
    await end()
  }
}

/** Records that the sink could not read are in no topic. */
const OTHERS_GAPS = ` where processor <> 'sink'`

async function servedIn(transaction: Reader): Promise<Served> {
  const positions = await transaction
    .selectFrom('sink_positions')
    .select(['topic', 'partition', 'nextOffset'])
    .execute()
  const refused = await transaction
    .selectFrom('dead_letters')
    .select(['topic', 'partition', 'offset'])
    .where('processor', '=', 'sink')
    .execute()
  return {
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
    scoresBefore: async (scoresMs) =>
      scoresMs === null ? Number.NEGATIVE_INFINITY : (await scoresBefore(transaction, scoresMs, new Date())).getTime(),
  }
}
