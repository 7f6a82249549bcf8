import { LabelledRow, labelledRows } from '../../schemas/models/labelled-rows.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const labelledRowRows = rowsOf(LabelledRow)

declare module '../tables.ts' {
  interface Tables {
    labelled_rows: RowOf<typeof labelledRowRows>
  }
}

/**
 * Stores the last state of each label. A label that never joined a row does not replace one that did: a correction that
 * comes after the join forgot the row must not erase what was learned from.
 */
export const labelledRowsWriter = sinkWriter({
  topic: labelledRows,
  rows: labelledRowRows,
  tables: [{ name: 'labelled_rows', key: ['customerId', 'labelId'], keep: { newestBy: ['joined'] } }],
})
