import { sql } from 'kysely'
import type { Reader } from '../database.ts'

/** Results of the calls for which a script version was chosen, in one target group. */
export interface ScriptResults {
  /** null for customers in no group that a template names. */
  readonly targetGroup: string | null
  readonly template: string
  readonly templateVersion: number
  readonly language: string
  readonly choices: number
  /** Calls of these choices that were reported, and those of them that a person answered. */
  readonly calls: number
  readonly answered: number
  /** Mean talk time of answered calls in seconds, null if there are none, and its standard deviation, null below two. */
  readonly talkSeconds: number | null
  readonly talkSecondsDeviation: number | null
  /** Answered calls whose outcome is known, and those of them that converted. */
  readonly decided: number
  readonly converted: number
  /** Answered calls that report another script or version than the chosen one. */
  readonly saidOtherwise: number
}

/**
 * Counts results of the choices since then, by group and version. A call counts for the script chosen for it, whatever
 * the agent said: agents deviate for a reason, and counting what was said would bias the comparison. Unanswered calls
 * count as undecided, since nobody heard the script.
 */
export async function scriptResults(database: Reader, since: Date): Promise<readonly ScriptResults[]> {
  const { rows } = await sql<ScriptResults>`
    select s.target_group, s.template, s.template_version, s.language, count(*)::integer as choices,
      count(k.call_id)::integer as calls, count(*) filter (where k.answered)::integer as answered,
      avg(k.duration_s) filter (where k.answered) as talk_seconds,
      stddev_samp(k.duration_s) filter (where k.answered) as talk_seconds_deviation,
      count(k.converted) filter (where k.answered)::integer as decided,
      count(*) filter (where k.answered and k.converted > 0)::integer as converted,
      count(*) filter (where k.answered and (k.script <> s.template or k.script_version <> s.template_version))::integer
        as said_otherwise
    from script_choices s left join bi_calls k on k.call_id = s.call_id and k.customer_id = s.customer_id
    where s.occurred_at > ${since}
    group by 1, 2, 3, 4 order by 1 nulls first, 2, 3`.execute(database)
  return rows
}
