import { sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

interface PositionRow {
  readonly topic: string
  readonly partition: number
  readonly nextOffset: number
  /** Id of the topic, which changes when it is recreated; null for positions written before this column existed. */
  readonly topicId: string | null
}

declare module './tables.ts' {
  interface Tables {
    sink_positions: PositionRow
    delivery_positions: PositionRow
  }
}

const tables = { sink: 'sink_positions', deliveries: 'delivery_positions' } as const

/** A component that stores its positions in the database, in the transaction of its writes. */
export type PositionKeeper = keyof typeof tables

/** Records of a partition from one position to the next. */
export interface ReadRange {
  /** The name on the broker, including its prefix. */
  readonly topic: string
  readonly partition: number
  /** The first offset of the range, equal to the stored position when reading began. */
  readonly from: number
  /** The next offset to read. */
  readonly to: number
  /** Id of the topic, stored with the position; if not given, the stored one stays. */
  readonly topicId?: string
}

/**
 * Thrown when a range does not start at the stored position: another process reads the partition, or records were
 * skipped. The caller rereads the position.
 */
export class PositionError extends Error {
  override readonly name = 'PositionError'
}

/** Returns the next offset to read of a partition; `undefined` if it was never read. */
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
 * Writes the results of a range and moves the position, in one transaction:
 *  1. lock the partition's position; throw `PositionError` unless the range starts there
 *  2. write
 *  3. move the position
 */
export async function advancePosition(
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

/** Moves past records that were deleted before they were read, and records the gap. */
export function skipGap(database: Database, keeper: PositionKeeper, range: ReadRange, now: Date): Promise<void> {
  const { topic, partition, from, to } = range
  return advancePosition(database, keeper, range, async (transaction) => {
    const id = `${keeper}/${topic}/${partition}/${from}-${to}`
    await transaction
      .insertInto('gaps')
      .values({ id, processor: keeper, topic, partition, from, to, occurredAt: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}
