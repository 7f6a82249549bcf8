import { sql } from 'kysely'
import type { Reader } from '../database.ts'

interface PacingRow {
  readonly campaign: string
  /** Calls placed per waiting agent. */
  readonly level: number
  /** Abandoned share of the calls that a person answered, as measured when the level was set. */
  readonly abandonShare: number
  readonly adaptedAt: Date
}

declare module '../tables.ts' {
  interface Tables {
    campaign_pacing: PacingRow
  }
}

/** Returns the campaign's pacing; `undefined` if it was never paced. */
export function pacingOf(database: Reader, campaign: string): Promise<PacingRow | undefined> {
  return database.selectFrom('campaign_pacing').selectAll().where('campaign', '=', campaign).executeTakeFirst()
}

export async function setPacing(database: Reader, row: PacingRow): Promise<void> {
  await database
    .insertInto('campaign_pacing')
    .values(row)
    .onConflict((conflict) => conflict.column('campaign').doUpdateSet(row))
    .execute()
}

interface AbandonedQuery {
  readonly campaign: string
  readonly since: Date
  /** Dispositions of calls that a person answered, and the subset that means abandoned. */
  readonly answered: readonly string[]
  readonly abandoned: readonly string[]
}

export interface AbandonedCount {
  /** Calls that a person answered. */
  readonly answered: number
  /** Answered calls that no agent took. */
  readonly abandoned: number
}

/** Counts answered and abandoned calls since then, each by its latest outcome. */
export async function countAbandoned(
  database: Reader,
  { campaign, since, answered, abandoned }: AbandonedQuery,
): Promise<AbandonedCount> {
  const { rows } = await sql<AbandonedCount>`
    select count(*)::int as answered, (count(*) filter (where disposition = any(${abandoned}::text[])))::int as abandoned
    from (select distinct on (attempt_id) disposition from call_attempts
      where campaign = ${campaign} and step = 'completed' and occurred_at > ${since}
      order by attempt_id, occurred_at desc, id desc) newest
    where disposition = any(${answered}::text[])`.execute(database)
  return rows[0]!
}
