import { TurnAnalysis, turnAnalyses } from '../../schemas/calls/turns.ts'
import type { Database } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const analysisRows = rowsOf(TurnAnalysis, { without: ['source'] })
export type StoredTurn = RowOf<typeof analysisRows>

declare module '../tables.ts' {
  interface Tables {
    turn_analyses: StoredTurn
  }
}

export const turnAnalysesWriter = sinkWriter({
  topic: turnAnalyses,
  rows: analysisRows,
  tables: [{ name: 'turn_analyses', key: ['id'], keep: 'first' }],
})

/** What a customer said in a call, in order; of a corrected turn the latest revision. */
export async function turnsOfCall(database: Database, callId: string): Promise<StoredTurn[]> {
  const rows = await database
    .selectFrom('turn_analyses')
    .selectAll()
    .distinctOn('turn')
    .where('callId', '=', callId)
    .orderBy('turn')
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return analysisRows.read(rows)
}

/** The zone of the customer's clock, as far as known. */
export async function timeZoneOfCustomer(database: Database, customerId: string): Promise<string | null> {
  const customer = await database
    .selectFrom('customers')
    .select('timeZone')
    .where('customerId', '=', customerId)
    .executeTakeFirst()
  return customer?.timeZone ?? null
}
