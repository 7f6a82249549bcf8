import { sql } from 'kysely'
import { CallSession } from '../../schemas/calls/call-sessions.ts'
import { fromStoredJson } from '../../schemas/json/stored-json.ts'
import type { Reader } from '../database.ts'
import type { PageRequest } from '../sql/page.ts'

/** A session with the wall-clock time of its latest step, to the millisecond. */
export interface RecentSession extends CallSession {
  readonly occurredAt: Date
}

export interface RecentSessionFilter {
  readonly customerId?: string
  readonly isOver?: boolean
}

/**
 * Lists the sessions with a step in the last hour, latest step first. A call system that lives reports at least the
 * silences of a customer, so a session without a step for an hour is left over from a call system that failed.
 */
export async function listRecentSessions(
  database: Reader,
  { customerId, isOver }: RecentSessionFilter,
  { limit, after }: PageRequest,
): Promise<RecentSession[]> {
  // Cursors have milliseconds, so rows are compared by milliseconds too.
  const stepAt = sql<Date>`date_trunc('milliseconds', updated_at)`
  let query = database
    .selectFrom('call_sessions')
    .select(['state', stepAt.as('occurredAt')])
    .where(sql<boolean>`updated_at > now() - interval '1 hour'`)
    .orderBy(stepAt, 'desc')
    .orderBy('callId', 'desc')
    .limit(limit)
  if (customerId !== undefined) query = query.where('customerId', '=', customerId)
  if (isOver !== undefined) query = query.where(sql<boolean>`(state ->> 'isOver')::boolean = ${isOver}`)
  if (after !== undefined)
    query = query.where(sql<boolean>`(${stepAt}, call_id) < (${after.at}::timestamptz, ${after.id})`)
  const rows = await query.execute()
  return rows.map(({ state, occurredAt }) => ({ ...fromStoredJson(CallSession, state), occurredAt }))
}
