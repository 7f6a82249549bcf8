import { sql } from 'kysely'
import type { Reader } from '../database.ts'

interface RevisionDecision {
  readonly template: string
  readonly templateVersion: number
  readonly partId: string
  readonly decision: string
  /** Version of the template that the revision made; null if it was rejected. */
  readonly newVersion: number | null
  readonly decidedBy: string
  readonly reason: string
  readonly decidedAt: Date
}

declare module '../tables.ts' {
  interface Tables {
    revision_decisions: RevisionDecision
  }
}

/** How often a part or answer of a script version confused callers. */
export interface ConfusingPart {
  readonly template: string
  readonly templateVersion: number
  /** Id of the part, or `answer:` and the objection. */
  readonly partId: string
  /** Calls in which it was said, and those in which the customer did not understand it. */
  readonly calls: number
  readonly confused: number
  /** What the customers said, newest first. */
  readonly examples: readonly string[]
  readonly decision: string | null
  readonly newVersion: number | null
  readonly decidedBy: string | null
  readonly reason: string | null
  readonly decidedAt: Date | null
}

const EXAMPLES = 5

/** Returns the parts that confused at least one caller and were said in at least `callsMin` calls. */
export async function confusingParts(database: Reader, callsMin: number): Promise<readonly ConfusingPart[]> {
  const { rows } = await sql<ConfusingPart>`
    with confused as (
      select template, template_version, confused_by as part_id, count(distinct call_id)::int as confused,
        (array_agg(spoken order by occurred_at desc) filter (where spoken is not null))[1:${sql.lit(EXAMPLES)}] as examples
      from session_steps where confused_by is not null group by 1, 2, 3),
    said as (
      select s.template, s.template_version, saying ->> 'partId' as part_id, count(distinct s.call_id)::int as calls
      from session_steps s cross join jsonb_array_elements(s.say) as saying
      where (s.template, s.template_version) in (select template, template_version from confused) group by 1, 2, 3)
    select c.template, c.template_version, c.part_id, s.calls, c.confused, coalesce(c.examples, '{}') as examples,
      d.decision, d.new_version, d.decided_by, d.reason, d.decided_at
    from confused c join said s using (template, template_version, part_id)
    left join revision_decisions d using (template, template_version, part_id)
    where s.calls >= ${callsMin} order by 1, 2, 3`.execute(database)
  return rows
}

/** Records a decision. Returns whether it is the first on that part of that version. */
export async function recordRevisionDecision(database: Reader, decision: RevisionDecision): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await database
    .insertInto('revision_decisions')
    .values(decision)
    .onConflict((conflict) => conflict.columns(['template', 'templateVersion', 'partId']).doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}
