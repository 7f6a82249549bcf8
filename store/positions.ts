import { sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

interface PositionRow {
  readonly topic: string
  readonly partition: number
  readonly nextOffset: number
  /** The incarnation of the topic that the position is of; null: written before positions knew it. */
  readonly topicId: string | null
}

declare module './tables.ts' {
  interface Tables {
    sink_positions: PositionRow
    delivery_positions: PositionRow
  }
}

const tables = { sink: 'sink_positions', deliveries: 'delivery_positions' } as const

/** A part that keeps its positions in the database, with what it writes. */
export type PositionKeeper = keyof typeof tables

/** Records of a partition from one position to the next. */
export interface ReadRange {
  /** The name on the broker, with its prefix. */
  readonly topic: string
  readonly partition: number
  /** Where reading began for them; the position that the database held when it did. */
  readonly from: number
  /** The next offset to read. */
  readonly to: number
  /** The incarnation of the topic; kept with the position. Not given: the one that is kept stays. */
  readonly topicId?: string
}

/**
 * The range does not start at the stored position: another process reads the partition, or records were skipped. The
 * caller rereads the position.
 */
export class PositionError extends Error {
  override readonly name = 'PositionError'
}

/** How far a partition is read; `undefined`: not at all. */
export async function positionOf(
  database: Database,
  keeper: PositionKeeper,
  topic: string,
  partition: number,
): Promise<Pick<PositionRow, 'nextOffset' | 'topicId'> | undefined> {
  return database
    .selectFrom(tables[keeper])
    .select(['nextOffset', 'topicId'])
    .where('topic', '=', topic)
    .where('partition', '=', partition)
    .executeTakeFirst()
}

/**
 * Writes what a range gives and moves the position, in one transaction:
 *  1. lock the partition's position; it must be where the range begins, else throws `PositionError`
 *  2. write
 *  3. move the position
 */
export async function movePosition(
  database: Database,
  keeper: PositionKeeper,
  { topic, partition, from, to, topicId }: ReadRange,
  write: (transaction: Transaction<Tables>) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const table = tables[keeper]
  await database.transaction().execute(async (transaction) => {
    await sql`insert into ${sql.table(table)} values (${topic}, ${partition}, ${from}) on conflict do nothing`.execute(
      transaction,
    )
    const { nextOffset: position } = await transaction
      .selectFrom(table)
      .select('nextOffset')
      .where('topic', '=', topic)
      .where('partition', '=', partition)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (position !== from)
      throw new PositionError(`${topic}-${partition}: the batch starts at ${from}, the stored position is ${position}.`)
    await write(transaction)
    await transaction
      .updateTable(table)
      .set({ nextOffset: to, ...(topicId === undefined ? {} : { topicId }) })
      .where('topic', '=', topic)
      .where('partition', '=', partition)
      .execute()
  })
}

/** Moves on over records that were deleted before they were read, and keeps on record that they are missing. */
export function skipGap(database: Database, keeper: PositionKeeper, range: ReadRange, now: Date): Promise<void> {
  const { topic, partition, from, to } = range
  return movePosition(database, keeper, range, async (transaction) => {
    const id = `${keeper}/${topic}/${partition}/${from}-${to}`
    await transaction
      .insertInto('gaps')
      .values({ id, processor: keeper, topic, partition, from, to, occurredAt: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}
