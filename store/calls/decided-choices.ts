import { sql } from 'kysely'
import { array } from '../../schemas/avro/schema.ts'
import { ScriptCandidate } from '../../schemas/calls/script-choices.ts'
import { fromStoredJson } from '../../schemas/json/stored-json.ts'
import type { Reader } from '../database.ts'

/** A script choice whose outcome is known. */
export interface DecidedChoice {
  readonly callId: string
  readonly occurredAt: Date
  readonly language: string
  readonly targetGroup: string | null
  readonly template: string
  readonly templateVersion: number
  readonly candidates: readonly ScriptCandidate[]
  readonly converted: boolean
}

const BATCH = 5_000
const candidatesSchema = array(ScriptCandidate)

interface ChoicesQuery {
  readonly since: Date
  /** All customers if not given. */
  readonly targetGroup?: string | undefined
  readonly batch?: number
}

/** Yields the choices since then, in batches by time, whose calls a person answered and whose outcome is known. */
export async function* decidedChoices(
  database: Reader,
  { since, targetGroup, batch = BATCH }: ChoicesQuery,
): AsyncGenerator<readonly DecidedChoice[]> {
  const ofGroup = targetGroup === undefined ? sql`` : sql`and s.target_group = ${targetGroup}`
  let after = sql`s.occurred_at > ${since}`
  for (;;) {
    const { rows } = await sql<DecidedChoice>`
      select s.call_id, s.occurred_at, s.language, s.target_group, s.template, s.template_version, s.candidates,
        k.converted > 0 as converted
      from script_choices s join bi_calls k on k.call_id = s.call_id and k.customer_id = s.customer_id
      where ${after} ${ofGroup} and k.answered and k.converted is not null
      order by s.occurred_at, s.call_id limit ${batch}`.execute(database)
    if (rows.length > 0)
      yield rows.map((row) => ({ ...row, candidates: fromStoredJson(candidatesSchema, row.candidates) }))
    const last = rows.at(-1)
    if (last === undefined || rows.length < batch) return
    after = sql`(s.occurred_at, s.call_id) > (${last.occurredAt}::timestamptz, ${last.callId})`
  }
}
