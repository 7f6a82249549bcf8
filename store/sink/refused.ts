import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import { deadLettersWriter } from './records.ts'
import type { SinkEvent, SinkWriter } from './writer.ts'

/** Of SQLSTATE: data exception, integrity constraint violation, program limit exceeded (a key too long for an index). */
const LASTING_CLASSES = new Set(['22', '23', '54'])
/** A month that was dropped since its partition was looked for; the next attempt makes it. */
const NO_PARTITION = '23514'

/** Whether the database will say the same of these rows whenever it is asked. */
export function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false
  return error.code !== NO_PARTITION && error.code.length === 5 && LASTING_CLASSES.has(error.code.slice(0, 2))
}

export interface Refusal {
  readonly event: SinkEvent
  readonly cause: Error
}

/** Writes what the database takes of a batch that it refused as a whole: halves, and halves of halves, in order. Returns the events that are refused alone. */
export async function writeAcceptable(
  transaction: Transaction<Tables>,
  writer: SinkWriter,
  events: readonly SinkEvent[],
): Promise<Refusal[]> {
  await sql`savepoint batch_part`.execute(transaction)
  try {
    await writer.write(transaction, events)
    await sql`release savepoint batch_part`.execute(transaction)
    return []
  } catch (error) {
    if (!isRefusal(error)) throw error
    await sql`rollback to savepoint batch_part`.execute(transaction)
    await sql`release savepoint batch_part`.execute(transaction)
    if (events.length === 1) return [{ event: events[0]!, cause: error }]
    const middle = events.length >> 1
    const former = await writeAcceptable(transaction, writer, events.slice(0, middle))
    return [...former, ...(await writeAcceptable(transaction, writer, events.slice(middle)))]
  }
}

/** Keeps refused events as dead letters of the processor `sink`, with the event as JSON. */
export async function writeRefusals(
  transaction: Transaction<Tables>,
  { topic, partition }: { readonly topic: string; readonly partition: number },
  refusals: readonly Refusal[],
): Promise<void> {
  const letters = refusals.map(({ event: { key, value, offset }, cause }) => ({
    key: `sink/${topic}`,
    offset,
    value: {
      id: `sink/${topic}/${partition}/${offset}`,
      occurredAt: Date.now(),
      source: 'scoreline/sink',
      processor: 'sink',
      topic,
      partition,
      offset,
      code: 'INVALID',
      message: `PostgreSQL refuses the row: ${cause.message}`,
      key: Buffer.from(key),
      value: Buffer.from(JSON.stringify(value)),
    },
  }))
  await deadLettersWriter.write(transaction, letters)
}
