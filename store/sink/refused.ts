import { sql, type Transaction } from 'kysely'
import { deadLetters, type DeadLetter } from '../../schemas/platform/platform.ts'
import { deadLettersWriter } from '../operations/dead-letters.ts'
import type { Tables } from '../tables.ts'
import { writeEvents } from './write-events.ts'
import type { SinkEvent, SinkWriter } from './writer.ts'

/**
 * SQLSTATE classes: data exception, integrity constraint violation, program limit exceeded (a key too long for an
 * index).
 */
const PERMANENT_CLASSES = new Set(['22', '23', '54'])
/** No partition for the row: its month was dropped after `prepare` looked for it. The next attempt creates it. */
const NO_PARTITION = '23514'

/** Returns whether the database would refuse these rows on every attempt. */
export function isPermanentError(error: unknown): error is Error {
  // The event could not be converted to a row, so no query was sent: the event itself is invalid.
  if (error instanceof TypeError || error instanceof RangeError) return true
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false
  return error.code !== NO_PARTITION && error.code.length === 5 && PERMANENT_CLASSES.has(error.code.slice(0, 2))
}

export interface Refusal {
  readonly event: SinkEvent
  readonly cause: Error
}

/**
 * Writes the acceptable events of a batch that was refused as a whole, by bisecting it in order. Returns the events
 * that are refused on their own.
 */
export async function writeAcceptable(
  transaction: Transaction<Tables>,
  writer: SinkWriter,
  events: readonly SinkEvent[],
): Promise<Refusal[]> {
  await sql`savepoint batch_part`.execute(transaction)
  try {
    await writeEvents(transaction, writer, events)
    await sql`release savepoint batch_part`.execute(transaction)
    return []
  } catch (error) {
    if (!isPermanentError(error)) throw error
    await sql`rollback to savepoint batch_part`.execute(transaction)
    await sql`release savepoint batch_part`.execute(transaction)
    if (events.length === 1) return [{ event: events[0]!, cause: error }]
    const middle = events.length >> 1
    const former = await writeAcceptable(transaction, writer, events.slice(0, middle))
    return [...former, ...(await writeAcceptable(transaction, writer, events.slice(middle)))]
  }
}

/** The partition that a batch comes from. */
export interface BatchPartition {
  readonly topic: string
  readonly partition: number
}

/** Stores refused events as dead letters of the processor `sink`. */
export async function writeRefusals(
  transaction: Transaction<Tables>,
  place: BatchPartition,
  refusals: readonly Refusal[],
): Promise<void> {
  const now = Date.now()
  const words = ({ message }: Error) => `PostgreSQL refuses the row: ${message}`
  await writeDeadLetters(
    transaction,
    refusals.map(({ event, cause }) => deadLetterOf(place, event, words(cause), now)),
  )
}

export async function writeDeadLetters(
  transaction: Transaction<Tables>,
  letters: readonly DeadLetter[],
): Promise<void> {
  if (letters.length === 0) return
  const events = letters.map((value) => ({ key: deadLetters.keyOf(value), offset: value.offset, value }))
  await writeEvents(transaction, deadLettersWriter, events)
}

/** Builds the dead letter of a refused event, with the event as JSON. */
export function deadLetterOf(
  { topic, partition }: BatchPartition,
  { key, value, offset }: SinkEvent,
  message: string,
  occurredAt: number,
): DeadLetter {
  return {
    id: `sink/${topic}/${partition}/${offset}`,
    occurredAt,
    source: 'scoreline/sink',
    processor: 'sink',
    topic,
    partition,
    offset,
    code: 'INVALID',
    message,
    key: Buffer.from(key),
    value: Buffer.from(JSON.stringify(value)),
  }
}
