import { sql } from 'kysely'
import { startSnapshot, type Database } from '../database.ts'

/** A visit whose case was decided, with what was held against it. */
export interface DecidedVisit {
  readonly visitId: string
  readonly customerId: string
  readonly visitedAt: Date
  readonly decidedAt: Date
  /** 1: confirmed; 0: dismissed. */
  readonly value: number
  /** How probable it was that a visit like this was reviewed. */
  readonly propensity: number
  readonly evidence: readonly { readonly kind: string; readonly score: number }[]
  readonly visitCount: number | null
  readonly conversionProbability: number | null
  /** The false score, and who gave it: null: the weights of the policy. */
  readonly falseScore: number
  readonly modelId: string | null
}

/** Labels of a task from cases, in order of the visits; what is harmless, or reopened, has none. */
export async function decidedVisits(database: Database, task: string): Promise<DecidedVisit[]> {
  const { reader, end } = await startSnapshot(database)
  try {
    const { rows } = await sql<DecidedVisit>`
      select visit_id, customer_id, visited_at, decided_at, value, propensity, evidence, visit_count, conversion_probability,
        false_score, model_id
      from bi_case_labels where task = ${task} order by visited_at, visit_id`.execute(reader)
    return rows
  } finally {
    await end()
  }
}

/** How many of them were decided after that time. */
export async function decidedSince(database: Database, task: string, since: Date): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from bi_case_labels where task = ${task} and decided_at > ${since}`.execute(
    database,
  )
  return rows[0]!.count
}
