import { sql } from 'kysely'
import { startSnapshot, type Database } from '../database.ts'
import type { LabelsSeen } from '../models/trainings.ts'

/** A visit whose case was decided, with the evidence against it. */
export interface DecidedVisit {
  readonly visitId: string
  readonly customerId: string
  readonly visitedAt: Date
  readonly decidedAt: Date
  /** 1 if confirmed, 0 if dismissed. */
  readonly value: number
  /** Probability with which a visit like this was selected for review. */
  readonly propensity: number
  readonly evidence: readonly { readonly kind: string; readonly score: number }[]
  readonly visitCount: number | null
  readonly conversionProbability: number | null
  /** The false score, and the model that gave it; null if it comes from the weights of the policy. */
  readonly falseScore: number
  readonly modelId: string | null
}

/** Returns a task's labels from cases, by time of the visit. Harmless and reopened cases have no label. */
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

/** Returns the number of labels, and when the newest was decided. */
export async function decidedSeen(database: Database, task: string): Promise<LabelsSeen> {
  const { rows } = await sql<LabelsSeen>`
    select count(*)::integer as labels, max(decided_at) as known_to from bi_case_labels where task = ${task}`.execute(
    database,
  )
  return rows[0]!
}

/** Returns the number of labels decided after that time. */
export async function countDecidedSince(database: Database, task: string, since: Date): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from bi_case_labels where task = ${task} and decided_at > ${since}`.execute(
    database,
  )
  return rows[0]!.count
}
