import { sql } from 'kysely'
import { ShadowAssessment, shadowAssessments } from '../../schemas/visits/shadow-assessments.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const shadowRows = rowsOf(ShadowAssessment, { without: ['source'] })

declare module '../tables.ts' {
  interface Tables {
    shadow_assessments: RowOf<typeof shadowRows>
  }
}

/** One task publishes the assessments of a subject in order, so the last published one wins. */
export const shadowAssessmentsWriter = sinkWriter({
  topic: shadowAssessments,
  rows: shadowRows,
  tables: [{ name: 'shadow_assessments', key: ['candidate', 'subjectId'], keep: 'last' }],
})

/** Flags of a policy in shadow compared with those of the active policy. */
export interface ShadowCounts {
  readonly suspectedFalse: number
  readonly invalid: number
  /** Flagged by the policy in shadow only. */
  readonly new: number
  /** Flagged by the active policy only. */
  readonly vanished: number
  /** Flagged by both. */
  readonly unchanged: number
}

export interface ShadowDay extends ShadowCounts {
  readonly candidate: string
  /** UTC day as in 2026-01-31. */
  readonly day: string
}

/** Counts flags by the day of the visit, newest first; days without flags are left out. */
export async function shadowDays(database: Reader, candidates: readonly string[], days: number): Promise<ShadowDay[]> {
  if (candidates.length === 0) return []
  const { rows } = await sql<ShadowDay>`
    select candidate, to_char(visited_at at time zone 'UTC', 'YYYY-MM-DD') as day,
      count(*) filter (where verdict = 'suspected_false')::integer as "suspectedFalse",
      count(*) filter (where verdict = 'invalid')::integer as invalid,
      count(*) filter (where verdict <> 'fine' and in_force = 'fine')::integer as new,
      count(*) filter (where verdict = 'fine' and in_force <> 'fine')::integer as vanished,
      count(*) filter (where verdict <> 'fine' and in_force <> 'fine')::integer as unchanged
    from shadow_assessments
    where candidate = any(${candidates}) and (verdict <> 'fine' or in_force <> 'fine')
    group by 1, 2 order by 2 desc, 1 limit ${days * candidates.length}`.execute(database)
  return rows
}

/** Returns subjects flagged by either the policy in shadow or the active one but not both, newest first. */
export function shadowExamples(database: Reader, candidate: string, limit: number) {
  return database
    .selectFrom('shadow_assessments')
    .select(['subjectId', 'customerId', 'salespersonId', 'visitedAt', 'verdict', 'inForce'])
    .where('candidate', '=', candidate)
    .where(sql<boolean>`(verdict = 'fine') <> (in_force = 'fine')`)
    .orderBy('visitedAt', 'desc')
    .orderBy('subjectId')
    .limit(limit)
    .execute()
}
