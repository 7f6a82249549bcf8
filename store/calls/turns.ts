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

/** Returns the turns of a call in order, each in its latest revision. */
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

/** Returns the customer's time zone; null if it is unknown. */
export async function timeZoneOfCustomer(database: Database, customerId: string): Promise<string | null> {
  const customer = await database
    .selectFrom('customers')
    .select('timeZone')
    .where('customerId', '=', customerId)
    .executeTakeFirst()
  return customer?.timeZone ?? null
}
