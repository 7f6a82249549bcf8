import { sql } from 'kysely'
import type { Reader } from '../database.ts'

/** Results of the outbound calls that used a version of a script. */
export interface ScriptCalls {
  readonly script: string
  /** null if the calls did not report it. */
  readonly scriptVersion: number | null
  readonly calls: number
  readonly answered: number
  /**
   * Mean talk time of answered calls in seconds, null if there are none, and its standard deviation, null below two.
   */
  readonly talkSeconds: number | null
  readonly talkSecondsDeviation: number | null
  readonly clicks: number | null
  readonly ratings: number
  readonly satisfaction: number | null
  /** Answered calls whose conversion is known, and those that converted. */
  readonly decided: number
  readonly converted: number
}

/** Returns results by script and version over the last `days` days, counted back from the newest call. */
export async function scriptCalls(database: Reader, days: number): Promise<readonly ScriptCalls[]> {
  const { rows } = await sql<ScriptCalls>`
    select script, script_version, count(*)::integer as calls,
      count(*) filter (where answered)::integer as answered,
      avg(duration_s) filter (where answered) as talk_seconds,
      stddev_samp(duration_s) filter (where answered) as talk_seconds_deviation,
      (avg(clicks) filter (where answered))::double precision as clicks,
      count(satisfaction)::integer as ratings, avg(satisfaction) as satisfaction,
      count(converted) filter (where answered)::integer as decided,
      count(*) filter (where answered and converted > 0)::integer as converted
    from bi_calls
    where script is not null and direction = 'outbound'
      and occurred_at > (select max(occurred_at) from calls) - make_interval(days => ${days})
    group by 1, 2 order by 1, 2`.execute(database)
  return rows
}
