import { sql } from 'kysely'
import type { Reader } from '../database.ts'

/** What came of the calls that a version of a script was chosen for, in one target group. */
export interface ScriptResults {
  /** null: of customers who are in no group that a template names. */
  readonly targetGroup: string | null
  readonly template: string
  readonly templateVersion: number
  readonly language: string
  readonly choices: number
  /** Answered calls whose outcome is known, and those of them that converted. */
  readonly decided: number
  readonly converted: number
  /** Answered calls that tell of another script, or of another version. */
  readonly saidOtherwise: number
}

/**
 * Of choices since then, by group and version. A script counts for the calls that it was chosen for, whatever was said:
 * who says something else does so for a reason, and what comes of it would speak for or against the wrong script. Calls
 * that nobody answered say nothing of a script that nobody heard.
 */
export async function scriptResults(database: Reader, since: Date): Promise<readonly ScriptResults[]> {
  const { rows } = await sql<ScriptResults>`
    select s.target_group, s.template, s.template_version, s.language, count(*)::integer as choices,
      count(k.converted) filter (where k.answered)::integer as decided,
      count(*) filter (where k.answered and k.converted > 0)::integer as converted,
      count(*) filter (where k.answered and (k.script <> s.template or k.script_version <> s.template_version))::integer
        as said_otherwise
    from script_choices s left join bi_calls k on k.call_id = s.call_id and k.customer_id = s.customer_id
    where s.occurred_at > ${since}
    group by 1, 2, 3, 4 order by 1 nulls first, 2, 3`.execute(database)
  return rows
}
