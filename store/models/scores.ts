import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { PageRequest } from '../sql/page.ts'

export interface StoredScore {
  readonly id: string
  readonly task: string
  readonly subjectId: string
  readonly customerId: string
  readonly opportunityId: string | null
  readonly salespersonId: string | null
  readonly visitCount: number | null
  readonly probability: number | null
  readonly modelId: string | null
  readonly absent: string | null
  readonly featureSet: string
  readonly row: readonly number[]
  readonly text: string | null
  readonly occurredAt: Date
  readonly inputTopic: string | null
  readonly inputPartition: number | null
  readonly inputOffset: number | null
}

const columns = [
  'id',
  'task',
  'subject_id as subjectId',
  'customer_id as customerId',
  'opportunity_id as opportunityId',
  'salesperson_id as salespersonId',
  'visit_count as visitCount',
  'probability',
  'model_id as modelId',
  'absent',
  'feature_set as featureSet',
  'row',
  'text',
  'occurred_at as occurredAt',
  'input_topic as inputTopic',
  'input_partition as inputPartition',
  'input_offset as inputOffset',
] as const

export interface ScoreFilter {
  readonly task?: string
  readonly customerId?: string
  readonly salespersonId?: string
}

/** The newest score of each subject, the latest first. */
export function listScores(
  database: Database,
  { task, customerId, salespersonId }: ScoreFilter,
  { limit, after }: PageRequest,
): Promise<StoredScore[]> {
  let query = database
    .selectFrom('scores')
    .select(columns)
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (task !== undefined) query = query.where('task', '=', task)
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId)
  if (salespersonId !== undefined) query = query.where('salesperson_id', '=', salespersonId)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return query.execute()
}

export interface HistoryFilter {
  readonly task?: string
  readonly subjectId?: string
  /** Inclusive. */
  readonly until?: Date
}

/** Every score of a customer, newest first, each with the row that it saw. */
export function scoreHistory(
  database: Database,
  customerId: string,
  { task, subjectId, until }: HistoryFilter,
  { limit, after }: PageRequest,
): Promise<StoredScore[]> {
  let query = database.selectFrom('score_history').select(columns).where('customer_id', '=', customerId)
  if (task !== undefined) query = query.where('task', '=', task)
  if (subjectId !== undefined) query = query.where('subject_id', '=', subjectId)
  if (until !== undefined) query = query.where('occurred_at', '<=', until)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return query.orderBy('occurred_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** Event time of the newest score. */
export async function newestScoreAt(database: Database): Promise<Date | undefined> {
  const query = database
    .selectFrom('scores')
    .select('occurred_at as at')
    .orderBy('occurred_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
  return (await query.executeTakeFirst())?.at
}
