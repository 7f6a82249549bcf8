import type { Transaction } from 'kysely'
import type { DeadLetter } from '../../schemas/platform/platform.ts'
import type { Database } from '../database.ts'
import { advancePosition, type ReadRange } from '../positions.ts'
import type { Tables } from '../tables.ts'
import { isPermanentError, writeAcceptable, writeDeadLetters, writeRefusals } from './refused.ts'
import type { SinkEvent, SinkWriter } from './writer.ts'
import { writeEvents } from './write-events.ts'

/** Consecutive records of a partition. */
export interface SinkBatch extends ReadRange {
  readonly events: readonly SinkEvent[]
  /** Dead letters of records in the batch that could not be read. */
  readonly deadLetters?: readonly DeadLetter[]
  /** Returns what the rest of the transaction may write: nothing about erased people, and merged ones as they are now. */
  readonly permitted?: (transaction: Transaction<Tables>) => Promise<Permitted>
}

export interface Permitted {
  event(event: SinkEvent): boolean
  /** Returns the event under the present ids of merged customers. */
  present(event: SinkEvent): SinkEvent
  deadLetter(letter: DeadLetter): boolean
}

const everything: Permitted = { event: () => true, present: (event) => event, deadLetter: () => true }

export interface SinkReport {
  /** Number of events that the database rejected permanently; they are dead letters of the processor `sink`. */
  readonly refused: number
}

/**
 * Writes a batch and its end position in one transaction. If two sinks apply the same batch, one writes and the other
 * is rejected (`PositionError`); a crash duplicates nothing. Offsets may have holes (markers, aborted and compacted
 * records), while positions are contiguous. An event that can never be written becomes a dead letter in the same
 * transaction, so that it doesn't block the others.
 */
export async function applyBatch(database: Database, writer: SinkWriter, batch: SinkBatch): Promise<SinkReport> {
  const { events: all, deadLetters: allLetters = [], permitted = () => Promise.resolve(everything) } = batch
  await writer.prepare?.(database, all)
  try {
    await advancePosition(database, 'sink', batch, async (transaction) => {
      const may = await permitted(transaction)
      await writeEvents(transaction, writer, eventsOf(all, may))
      await writeDeadLetters(transaction, allLetters.filter(may.deadLetter))
    })
    return { refused: 0 }
  } catch (error) {
    if (!isPermanentError(error)) throw error
  }
  let refused = 0
  await advancePosition(database, 'sink', batch, async (transaction) => {
    const may = await permitted(transaction)
    const refusals = await writeAcceptable(transaction, writer, eventsOf(all, may))
    await writeRefusals(transaction, batch, refusals)
    await writeDeadLetters(transaction, allLetters.filter(may.deadLetter))
    refused = refusals.length
  })
  return { refused }
}

function eventsOf(all: readonly SinkEvent[], may: Permitted): SinkEvent[] {
  return all.filter(may.event).map(may.present)
}
