import { sql } from 'kysely'
import { CallSession } from '../../schemas/calls/call-sessions.ts'
import { fromStoredJson } from '../../schemas/json/stored-json.ts'
import type { Reader } from '../database.ts'
import type { OutboxEntry } from '../operations/outbox.ts'
import { storableJson } from '../sql/stored-text.ts'
import type { Json } from '../tables.ts'

interface CallSessionRow {
  readonly callId: string
  readonly customerId: string
  readonly revision: number
  readonly state: Json<unknown>
  /** Wall-clock time, which retention counts from. */
  readonly updatedAt: Date
}

declare module '../tables.ts' {
  interface Tables {
    call_sessions: CallSessionRow
  }
}

/** Returns the session of a call; `undefined` if there is none. */
export async function callSession(database: Reader, callId: string): Promise<CallSession | undefined> {
  const row = await database.selectFrom('call_sessions').select('state').where('callId', '=', callId).executeTakeFirst()
  return row === undefined ? undefined : fromStoredJson(CallSession, row.state)
}

/**
 * Stores the first step of a session and its events, all or none. Returns whether it was stored: not if the call has a
 * session already.
 */
export function insertSession(
  database: Reader,
  session: CallSession,
  events: readonly OutboxEntry[],
): Promise<boolean> {
  const { callId, customerId, step } = session
  return changed(
    database,
    sql`insert into call_sessions (call_id, customer_id, revision, state, updated_at)
      values (${callId}, ${customerId}, ${step}, ${storableJson(session)}::jsonb, now())
      on conflict (call_id) do nothing returning 1`,
    events,
  )
}

/**
 * Stores the next step of a session and its events, all or none, in one statement. Returns whether it was stored: not
 * if another request has stored a step in between.
 */
export function updateSession(
  database: Reader,
  session: CallSession,
  events: readonly OutboxEntry[],
): Promise<boolean> {
  const { callId, step } = session
  return changed(
    database,
    sql`update call_sessions set revision = ${step}, state = ${storableJson(session)}::jsonb, updated_at = now()
      where call_id = ${callId} and revision = ${step - 1} returning 1`,
    events,
  )
}

/** Deletes sessions without a step since that time. */
export async function pruneCallSessions(database: Reader, before: Date): Promise<void> {
  await database.deleteFrom('call_sessions').where('updatedAt', '<', before).execute()
}

async function changed(
  database: Reader,
  statement: ReturnType<typeof sql>,
  events: readonly OutboxEntry[],
): Promise<boolean> {
  const entries = storableJson(events)
  const { rows } = await sql<{ changed: boolean }>`
    with changed as (${statement}),
    published as (
      insert into outbox (topic, event)
      select entry ->> 'topic', entry -> 'event'
      from jsonb_array_elements(${entries}::jsonb) with ordinality as entries (entry, place)
      where exists (select from changed) order by place)
    select exists (select from changed) as changed`.execute(database)
  return rows[0]!.changed
}
