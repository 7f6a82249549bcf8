import type { Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import { writeRows } from '../sql/write-rows.ts'
import { conflictClause, survivingRows } from './keep.ts'
import { columnsOf, takesFormer, valuesOf, type SinkEvent, type SinkWriter } from './writer.ts'

/**
 * Writes the rows of a batch of events to the writer's tables. Stored rows that win by the table's `keep` rule stay.
 */
export async function writeEvents(
  transaction: Transaction<Tables>,
  writer: SinkWriter,
  events: readonly SinkEvent[],
): Promise<void> {
  const rowsOf = (list: readonly SinkEvent[]) => valuesOf(list).map((value) => writer.rowOf(value))
  const all = rowsOf(events)
  const current = events.filter(({ isOfFormer }) => isOfFormer !== true)
  const ofCurrent = current.length === events.length ? all : rowsOf(current)
  for (const table of writer.tables) {
    const columns = columnsOf(writer, table)
    const rows = takesFormer(table) ? all : ofCurrent
    await writeRows(transaction, table.name, columns, survivingRows(table, rows), conflictClause(table, columns))
  }
}
