import { sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { isRefusal, writeAcceptable, writeRefusals } from './refused.ts'
import type { SinkEvent, SinkWriter } from './writer.ts'
import { writeEvents } from './write-events.ts'
import type { Tables } from '../tables.ts'

interface SinkPosition {
  readonly topic: string
  readonly partition: number
  readonly nextOffset: number
  /** The incarnation of the topic that the position is of; null: written before positions knew it. */
  readonly topicId: string | null
}

declare module '../tables.ts' {
  interface Tables {
    sink_positions: SinkPosition
  }
}

/** Consecutive records of a partition. */
export interface SinkBatch {
  /** The name on the broker, with its prefix. */
  readonly topic: string
  readonly partition: number
  /** Where reading began for this batch; the position that the database held when it did. */
  readonly from: number
  /** The next offset to read. */
  readonly to: number
  readonly events: readonly SinkEvent[]
  /** The incarnation of the topic; kept with the position. */
  readonly topicId?: string
}

export interface SinkReport {
  /** Number of events that the database rejected permanently; they are dead letters of the processor `sink`. */
  readonly refused: number
}

/**
 * The batch does not start at the stored position: another sink is active, or records were skipped. The caller
 * rereads the positions.
 */
export class SinkPositionError extends Error {
  override readonly name = 'SinkPositionError'
}

/**
 * Writes a batch and its end position in one transaction:
 *  1. lock the partition's position; it must be where the batch begins
 *  2. write the rows
 *  3. move the position
 * If two sinks apply the same batch, one writes and the other is rejected; a crash duplicates nothing. Offsets may have
 * holes (markers, aborted and compacted records): positions are contiguous all the same. An event that no retry could
 * ever write becomes a dead letter in that transaction, so that it doesn't stop the others.
 */
export async function applyBatch(database: Database, writer: SinkWriter, batch: SinkBatch): Promise<SinkReport> {
  const { events } = batch
  await writer.prepare?.(database, events)
  try {
    await fromPosition(database, batch, (transaction) => writeEvents(transaction, writer, events))
    return { refused: 0 }
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
  let refused = 0
  await fromPosition(database, batch, async (transaction) => {
    const refusals = await writeAcceptable(transaction, writer, events)
    await writeRefusals(transaction, batch, refusals)
    refused = refusals.length
  })
  return { refused }
}

async function fromPosition(
  database: Database,
  { topic, partition, from, to, topicId }: Omit<SinkBatch, 'events'>,
  write: (transaction: Transaction<Tables>) => Promise<void>,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`insert into sink_positions values (${topic}, ${partition}, ${from}) on conflict do nothing`.execute(
      transaction,
    )
    const { nextOffset: position } = await transaction
      .selectFrom('sink_positions')
      .select('nextOffset')
      .where('topic', '=', topic)
      .where('partition', '=', partition)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (position !== from) {
      throw new SinkPositionError(
        `${topic}-${partition}: the batch starts at ${from}, the stored position is ${position}.`,
      )
    }
    await write(transaction)
    await transaction
      .updateTable('sink_positions')
      .set({ nextOffset: to, ...(topicId === undefined ? {} : { topicId: topicId }) })
      .where('topic', '=', topic)
      .where('partition', '=', partition)
      .execute()
  })
}

/** Moves on over records that were deleted before they were read, and keeps on record that they are missing. */
export async function skipGap(database: Database, move: Required<Omit<SinkBatch, 'events'>>, now: Date): Promise<void> {
  const { topic, partition, from, to } = move
  await fromPosition(database, move, async (transaction) => {
    const id = `sink/${topic}/${partition}/${from}-${to}`
    await transaction
      .insertInto('gaps')
      .values({ id, processor: 'sink', topic, partition, from, to, occurredAt: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}

/** Moves to the beginning of a topic that was recreated. */
export function restartTopic(database: Database, move: Required<Omit<SinkBatch, 'events'>>): Promise<void> {
  return fromPosition(database, move, () => Promise.resolve())
}

/** The next offset of each topic's partition, by the topic's name on the broker. */
export async function positionsOf(database: Database, partition: number): Promise<ReadonlyMap<string, number>> {
  const rows = await database
    .selectFrom('sink_positions')
    .select(['topic', 'nextOffset'])
    .where('partition', '=', partition)
    .execute()
  return new Map(rows.map(({ topic, nextOffset }) => [topic, nextOffset]))
}

/** The incarnations of the topics that these positions are of, where they are known. */
export async function topicIdsOf(database: Database, partition: number): Promise<ReadonlyMap<string, string>> {
  const rows = await database
    .selectFrom('sink_positions')
    .select(['topic', 'topicId'])
    .where('partition', '=', partition)
    .execute()
  return new Map(rows.flatMap(({ topic, topicId: id }) => (id === null ? [] : [[topic, id]])))
}
