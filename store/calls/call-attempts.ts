import { sql } from 'kysely'
import { CallAttempt, callAttempts } from '../../schemas/calls/call-attempts.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const attemptRows = rowsOf(CallAttempt)
export type AttemptRow = RowOf<typeof attemptRows>

declare module '../tables.ts' {
  interface Tables {
    call_attempts: AttemptRow
  }
}

export const callAttemptsWriter = sinkWriter({
  topic: callAttempts,
  rows: attemptRows,
  tables: [{ name: 'call_attempts', key: ['id'], keep: 'first' }],
})

export interface AttemptFilter {
  readonly campaign?: string
  readonly customerId?: string
  readonly disposition?: string
}

/** Lists call attempts, newest first. */
export async function listAttempts(
  database: Reader,
  { campaign, customerId, disposition }: AttemptFilter,
  { limit, after }: PageRequest,
): Promise<AttemptRow[]> {
  let query = database
    .selectFrom('call_attempts')
    .select(attemptRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (campaign !== undefined) query = query.where('campaign', '=', campaign)
  if (customerId !== undefined) query = query.where('customerId', '=', customerId)
  if (disposition !== undefined) query = query.where('disposition', '=', disposition)
  if (after !== undefined)
    query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}::timestamptz, ${after.id})`)
  return query.execute()
}
