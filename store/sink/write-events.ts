import type { Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import { writeRows } from '../sql/write-rows.ts'
import { conflictOf, standingRows } from './keep.ts'
import { valuesOf, type SinkEvent, type SinkWriter } from './writer.ts'

/** Writes the rows of a batch of events to the writer's tables. Rows that win over an event stay. */
export async function writeEvents(
  transaction: Transaction<Tables>,
  { columns, rowOf, tables }: SinkWriter,
  events: readonly SinkEvent[],
): Promise<void> {
  const rows = valuesOf(events).map((value) => rowOf(value))
  for (const table of tables)
    await writeRows(transaction, table.name, columns, standingRows(table, rows), conflictOf(table, columns))
}
