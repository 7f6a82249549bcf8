import { Outcome, outcomes } from '../../schemas/models/outcomes.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const outcomeRows = rowsOf(Outcome)

declare module '../tables.ts' {
  interface Tables {
    outcomes: RowOf<typeof outcomeRows>
  }
}

export const outcomesWriter = sinkWriter({
  topic: outcomes,
  rows: outcomeRows,
  tables: [{ name: 'outcomes', key: ['id'], keep: 'first' }],
})
