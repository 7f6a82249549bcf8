import { sql } from 'kysely'
import type { Reader } from '../database.ts'

/** What came of a call. */
export interface CallResult {
  readonly callId: string
  /** Outcome that the call system reported, a code of /dispositions; null if it reported none. */
  readonly disposition: string | null
  /** Whether the customer bought; null if it is not known yet. */
  readonly converted: boolean | null
  /** Whether there is a live call, with what was said in it. */
  readonly hasSession: boolean
}

/** Returns the results of these calls, by call. */
export async function callResults(
  database: Reader,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, CallResult>> {
  if (callIds.length === 0) return new Map()
  const { rows } = await sql<CallResult>`
    select k.call_id, a.disposition, k.converted = 1 as converted,
      exists (select from call_sessions s where s.call_id = k.call_id) as has_session
    from bi_calls k
    left join lateral (select disposition from call_attempts
      where attempt_id = k.call_id and customer_id = k.customer_id and disposition is not null
      order by occurred_at desc, id desc limit 1) a on true
    where k.call_id = any(${[...callIds]})`.execute(database)
  return new Map(rows.map((row) => [row.callId, row]))
}
