import { sql, type Transaction } from 'kysely'
import type { Topic } from '../schemas/topic.ts'
import type { Database } from './database.ts'
import { isRefusal, writeAcceptable, writeRefusals } from './sink/refused.ts'
import type { SinkEvent } from './sink/writer.ts'
import { writeEvents } from './sink/write-events.ts'
import { writers } from './sink/writers.ts'
import type { Tables } from './tables.ts'

/** Consecutive records of a partition. */
export interface SinkBatch {
  /** The name on the broker, with its prefix. */
  readonly topic: string
  readonly partition: number
  /** Where reading began for this batch; the position that the database held when it did. */
  readonly from: number
  /** Where reading goes on. */
  readonly to: number
  readonly events: readonly SinkEvent[]
}

export interface SinkReport {
  /** How many events the database refused for good; they are among its dead letters, as of the processor `sink`. */
  readonly refused: number
}

/** Every topic that the database holds. */
export const sunkTopics: readonly Topic[] = writers.map(({ topic }) => topic)

/** The batch does not begin where the database stands: another sink is at work, or records were skipped. The caller reads the positions anew. */
export class SinkPositionError extends Error {
  override readonly name = 'SinkPositionError'
}

/**
 * Writes a batch and its end position in one transaction:
 *  1. lock the partition's position; it must be where the batch begins
 *  2. write the rows
 *  3. move the position
 * Of two sinks with the same batch one writes and the other is refused, and a crash doubles nothing. Offsets may have holes (markers,
 * aborted and compacted records): positions are contiguous all the same. An event that no retry could ever write becomes a dead letter
 * in that transaction, so that it doesn't stop the others.
 */
export async function applyBatch(database: Database, topic: Topic, batch: SinkBatch): Promise<SinkReport> {
  const writer = writers.find((one) => one.topic === topic)
  if (writer === undefined) throw new Error(`The database holds nothing of ${topic.name}.`)
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
  { topic, partition, from, to }: SinkBatch,
  write: (transaction: Transaction<Tables>) => Promise<void>,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`insert into sink_positions values (${topic}, ${partition}, ${from}) on conflict do nothing`.execute(transaction)
    const { next_offset: position } = await transaction
      .selectFrom('sink_positions')
      .select('next_offset')
      .where('topic', '=', topic)
      .where('partition', '=', partition)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (position !== from) {
      throw new SinkPositionError(`${topic}-${partition}: the batch begins at ${from}, the database stands at ${position}.`)
    }
    await write(transaction)
    await transaction
      .updateTable('sink_positions')
      .set({ next_offset: to })
      .where('topic', '=', topic)
      .where('partition', '=', partition)
      .execute()
  })
}

/** Where each topic's partition goes on, by the topic's name on the broker. */
export async function positionsOf(database: Database, partition: number): Promise<ReadonlyMap<string, number>> {
  const rows = await database
    .selectFrom('sink_positions')
    .select(['topic', 'next_offset'])
    .where('partition', '=', partition)
    .execute()
  return new Map(rows.map(({ topic, next_offset }) => [topic, next_offset]))
}
