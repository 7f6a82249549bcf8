import { sql } from 'kysely'
import { int } from '../../schemas/avro/schema.ts'
import { Call, calls } from '../../schemas/calls/calls.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const callRows = rowsOf(Call, {
  without: ['id', 'turns', 'context'],
  derived: { turnCount: { schema: int, of: ({ turns }) => turns.length } },
})
export type CallRow = RowOf<typeof callRows>

declare module '../tables.ts' {
  interface Tables {
    calls: CallRow
  }
}

export const callsWriter = sinkWriter({
  topic: calls,
  rows: callRows,
  tables: [{ name: 'calls', key: ['callId'], keep: { newestBy: ['occurredAt'] } }],
  decisive: true,
})

export interface CallFilter {
  readonly customerId?: string
  readonly campaign?: string
  readonly script?: string
  readonly answered?: boolean
}

/** Lists calls, newest first. */
export async function listCalls(
  database: Reader,
  { customerId, campaign, script, answered }: CallFilter,
  { limit, after }: PageRequest,
): Promise<CallRow[]> {
  let query = database
    .selectFrom('calls')
    .select(callRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('callId', 'desc')
    .limit(limit)
  if (customerId !== undefined) query = query.where('customerId', '=', customerId)
  if (campaign !== undefined) query = query.where('campaign', '=', campaign)
  if (script !== undefined) query = query.where('script', '=', script)
  if (answered !== undefined) query = query.where('answered', '=', answered)
  if (after !== undefined)
    query = query.where(sql<boolean>`(occurred_at, call_id) < (${after.at}::timestamptz, ${after.id})`)
  return callRows.read(await query.execute())
}
