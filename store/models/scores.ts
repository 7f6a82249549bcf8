import { sql } from 'kysely'
import { timestamp } from '../../schemas/avro/schema.ts'
import { Score, scores } from '../../schemas/models/scores.ts'
import { ofTeam } from '../access/owned.ts'
import type { Database, Reader } from '../database.ts'
import { sinkWriter, valuesOf } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'
import { createPartitions, requireStorableTime } from './history-partitions.ts'
import { servedRow } from './served-row.ts'

const scoreRows = rowsOf(Score, {
  without: ['source'],
  derived: { occurredAt: { schema: timestamp, of: ({ occurredAt }) => requireStorableTime(occurredAt) } },
})
type ScoreRow = RowOf<typeof scoreRows>

declare module '../tables.ts' {
  interface Tables {
    scores: ScoreRow
    score_history: ScoreRow
  }
}

/**
 * Stores all scores, partitioned by month of event time, and the newest score of each subject. The newest is the last
 * published, since one task publishes them in order; event times can go back, for example when the latest visit of an
 * opportunity is withdrawn.
 */
export const scoresWriter = sinkWriter({
  topic: scores,
  rows: scoreRows,
  tables: [
    // An id repeats at the same time only if a re-evaluation ran again after a restore; the existing row stays.
    { name: 'score_history', key: ['id', 'occurredAt'], keep: 'first', expiresBy: 'occurredAt' },
    { name: 'scores', key: ['task', 'subjectId'], keep: 'last' },
  ],
  prepare: (database, events) =>
    createPartitions(
      database,
      'score_history',
      valuesOf(events).map(({ occurredAt }) => occurredAt),
    ),
})

/** A score without its line times, which only models read. `row` is what the model saw, wherever it is stored. */
export type StoredScore = Omit<ScoreRow, 'lineTimes'>
/** The fields that the model saw, more than ten times as large as the rest. */
type Seen = 'row' | 'text'
/** A listed score, with the model's input if it was requested. */
export type ListedScore = Omit<StoredScore, Seen> & Partial<Pick<StoredScore, Seen>>

const columns = scoreRows.fields.filter((field) => field !== 'lineTimes' && field !== 'row')
const shortColumns = columns.filter((field) => field !== 'text')

export interface ScorePageRequest extends PageRequest {
  /** Whether to include what the models saw. */
  readonly rows?: boolean | undefined
}

export interface ScoreFilter {
  readonly task?: string
  readonly customerId?: string
  readonly salespersonId?: string
  /** Without the scores of other teams' opportunities. */
  readonly teamId?: string
}

/** Lists the newest score of each subject, the latest first. */
export function listScores(
  database: Reader,
  { task, customerId, salespersonId, teamId }: ScoreFilter,
  { limit, after, rows = false }: ScorePageRequest,
): Promise<ListedScore[]> {
  let query = database
    .selectFrom('scores')
    .select(rows ? columns : shortColumns)
    .$if(rows, (all) => all.select(servedRow('scores')))
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (task !== undefined) query = query.where('task', '=', task)
  if (customerId !== undefined) query = query.where('customerId', '=', customerId)
  if (salespersonId !== undefined) query = query.where('salespersonId', '=', salespersonId)
  if (teamId !== undefined) query = query.where(sql<boolean>`(opportunity_id is null or ${ofTeam(teamId)})`)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return query.execute()
}

export interface HistoryFilter {
  readonly task?: string
  readonly subjectId?: string
  /** Inclusive. */
  readonly until?: Date
}

/** Lists every score of a customer, newest first. */
export function scoreHistory(
  database: Reader,
  customerId: string,
  { task, subjectId, until }: HistoryFilter,
  { limit, after, rows = false }: ScorePageRequest,
): Promise<ListedScore[]> {
  let query = database
    .selectFrom('score_history')
    .select(rows ? columns : shortColumns)
    .$if(rows, (all) => all.select(servedRow('score_history')))
    .where('customerId', '=', customerId)
  if (task !== undefined) query = query.where('task', '=', task)
  if (subjectId !== undefined) query = query.where('subjectId', '=', subjectId)
  if (until !== undefined) query = query.where('occurredAt', '<=', until)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return query.orderBy('occurredAt', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** Returns the event time of the newest score. */
export async function newestScoreAt(database: Database): Promise<Date | undefined> {
  const query = database
    .selectFrom('scores')
    .select('occurredAt as at')
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
  return (await query.executeTakeFirst())?.at
}
