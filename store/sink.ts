import { sql } from 'kysely'
import type { Topic } from '../schemas/topic.ts'
import type { Database } from './database.ts'
import type { SinkEvent } from './sink/writer.ts'
import { writers } from './sink/writers.ts'

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

/** Every topic that the database holds. */
export const sunkTopics: readonly Topic[] = writers.map(({ topic }) => topic)

/** The batch does not begin where the database stands: another sink is at work, or records were skipped. The caller reads the positions anew. */
export class SinkPositionError extends Error {
  override readonly name = 'SinkPositionError'
}

/**
 * Writes a batch and its end position in one transaction. The position row is locked first and must be where the batch begins: of two sinks with the same batch one writes and the other
 * is refused, and a crash doubles nothing.
 */
export async function applyBatch(
  database: Database,
  topic: Topic,
  { topic: name, partition, from, to, events }: SinkBatch,
): Promise<void> {
  const writer = writers.find((one) => one.topic === topic)
  if (writer === undefined) throw new Error(`The database holds nothing of ${topic.name}.`)
  await writer.prepare?.(database, events)
  await database.transaction().execute(async (transaction) => {
    await sql`insert into sink_positions values (${name}, ${partition}, ${from}) on conflict do nothing`.execute(transaction)
    const { next_offset: position } = await transaction
      .selectFrom('sink_positions')
      .select('next_offset')
      .where('topic', '=', name)
      .where('partition', '=', partition)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (position !== from) {
      throw new SinkPositionError(`${name}-${partition}: the batch begins at ${from}, the database stands at ${position}.`)
    }
    await writer.write(transaction, events)
    await transaction
      .updateTable('sink_positions')
      .set({ next_offset: to })
      .where('topic', '=', name)
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
