import { sql } from 'kysely'
import { SessionStep, sessionSteps } from '../../schemas/calls/session-steps.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const stepRows = rowsOf(SessionStep)
export type SessionStepRow = RowOf<typeof stepRows>

declare module '../tables.ts' {
  interface Tables {
    session_steps: SessionStepRow
  }
}

export const sessionStepsWriter = sinkWriter({
  topic: sessionSteps,
  rows: stepRows,
  tables: [{ name: 'session_steps', key: ['id'], keep: 'first' }],
})

export interface SessionStepFilter {
  readonly callId?: string
  readonly customerId?: string
  readonly template?: string
}

/** Lists steps of live calls, newest first. */
export async function listSessionSteps(
  database: Reader,
  { callId, customerId, template }: SessionStepFilter,
  { limit, after }: PageRequest,
): Promise<SessionStepRow[]> {
  let query = database
    .selectFrom('session_steps')
    .select(stepRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (callId !== undefined) query = query.where('callId', '=', callId)
  if (customerId !== undefined) query = query.where('customerId', '=', customerId)
  if (template !== undefined) query = query.where('template', '=', template)
  if (after !== undefined)
    query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}::timestamptz, ${after.id})`)
  return stepRows.read(await query.execute())
}
