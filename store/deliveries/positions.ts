import { sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

declare module '../tables.ts' {
  interface Tables {
    delivery_positions: {
      readonly topic: string
      readonly partition: number
      readonly nextOffset: number
      readonly topicId: string | null
    }
  }
}

/** How far a partition is read into the queue. */
export interface DeliveryPosition {
  readonly nextOffset: number
  /** The incarnation of the topic; null: not known. */
  readonly topicId: string | null
}

/** Records of a partition from one position to the next. */
export interface ReadRange {
  /** The name on the broker, with its prefix. */
  readonly topic: string
  readonly partition: number
  readonly from: number
  readonly to: number
  readonly topicId: string
}

/** Another process reads the partition: where it is must be read again. */
export class DeliveryPositionError extends Error {
  override readonly name = 'DeliveryPositionError'
}

export async function deliveryPosition(
  database: Database,
  topic: string,
  partition: number,
): Promise<DeliveryPosition | undefined> {
  return database
    .selectFrom('delivery_positions')
    .select(['nextOffset', 'topicId'])
    .where('topic', '=', topic)
    .where('partition', '=', partition)
    .executeTakeFirst()
}

/**
 * Writes what a range gives and moves the position, in one transaction: what is read is in the queue, once. Throws
 * `DeliveryPositionError` where the position is not `from`.
 */
export async function moveDeliveryPosition(
  database: Database,
  { topic, partition, from, to, topicId }: ReadRange,
  write: (transaction: Transaction<Tables>) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`insert into delivery_positions values (${topic}, ${partition}, ${from}) on conflict do nothing`.execute(
      transaction,
    )
    const { nextOffset: position } = await transaction
      .selectFrom('delivery_positions')
      .select('nextOffset')
      .where('topic', '=', topic)
      .where('partition', '=', partition)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (position !== from)
      throw new DeliveryPositionError(
        `${topic}-${partition}: read from ${from}, and the stored position is ${position}.`,
      )
    await write(transaction)
    await transaction
      .updateTable('delivery_positions')
      .set({ nextOffset: to, topicId })
      .where('topic', '=', topic)
      .where('partition', '=', partition)
      .execute()
  })
}

/** Moves on over records that were deleted before they were read, and keeps on record that they are missing. */
export function skipDeliveryGap(database: Database, range: ReadRange, now: Date): Promise<void> {
  const { topic, partition, from, to } = range
  return moveDeliveryPosition(database, range, async (transaction) => {
    const id = `deliveries/${topic}/${partition}/${from}-${to}`
    await transaction
      .insertInto('gaps')
      .values({ id, processor: 'deliveries', topic, partition, from, to, occurredAt: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}
