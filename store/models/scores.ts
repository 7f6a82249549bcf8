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
  'subjectId',
  'customerId',
  'opportunityId',
  'salespersonId',
  'visitCount',
  'probability',
  'modelId',
  'absent',
  'featureSet',
  'row',
  'text',
  'occurredAt',
  'inputTopic',
  'inputPartition',
  'inputOffset',
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
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (task !== undefined) query = query.where('task', '=', task)
  if (customerId !== undefined) query = query.where('customerId', '=', customerId)
  if (salespersonId !== undefined) query = query.where('salespersonId', '=', salespersonId)
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
  let query = database.selectFrom('score_history').select(columns).where('customerId', '=', customerId)
  if (task !== undefined) query = query.where('task', '=', task)
  if (subjectId !== undefined) query = query.where('subjectId', '=', subjectId)
  if (until !== undefined) query = query.where('occurredAt', '<=', until)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return query.orderBy('occurredAt', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** Event time of the newest score. */
export async function newestScoreAt(database: Database): Promise<Date | undefined> {
  const query = database
    .selectFrom('scores')
    .select('occurredAt as at')
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
  return (await query.executeTakeFirst())?.at
}
