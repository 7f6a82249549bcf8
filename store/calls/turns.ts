import type { Selectable } from 'kysely'
import { TurnAnalysis } from '../../schemas/calls/turns.ts'
import type { Database } from '../database.ts'
import { readJson } from '../sql/read-json.ts'
import type { TurnAnalysesTable } from '../tables.ts'

export type StoredTurn = Selectable<TurnAnalysesTable>

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
  return readJson(rows, { intents: TurnAnalysis.fields['intents']!, unsure: TurnAnalysis.fields['unsure']! })
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
