import { sql } from 'kysely'
import { LabelledRow, labelledRows } from '../../schemas/models/labelled-rows.ts'
import { startSnapshot, type Database } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'
import type { LabelsSeen } from './trainings.ts'

const labelledRowRows = rowsOf(LabelledRow)

declare module '../tables.ts' {
  interface Tables {
    labelled_rows: RowOf<typeof labelledRowRows>
  }
}

/**
 * Stores the last state of each label. A label that never joined a row does not replace one that did: a correction that
 * comes after the join forgot the row must not erase what was learned from.
 */
export const labelledRowsWriter = sinkWriter({
  topic: labelledRows,
  rows: labelledRowRows,
  tables: [{ name: 'labelled_rows', key: ['customerId', 'labelId'], keep: { newestBy: ['joined'] } }],
})

/** A served row with its label. */
export interface ServedRow {
  /** Names the label; unique within the customer. */
  readonly labelId: string
  readonly row: readonly number[]
  readonly text: string | null
  /** When each line of the text was written, ms. */
  readonly lineTimes: readonly number[] | null
  readonly label: number
  /** When it was served, ms of event time. */
  readonly at: number
  /** When its label became known, ms. */
  readonly knownAt: number
  readonly customerId: string
  /** The subject of the outcome: the opportunity, the customer, or the recommended item. */
  readonly subjectId: string
  /** The source of the outcome; null for a label by the horizon. */
  readonly outcomeSource: string | null
  readonly reviewer: string | null
  /** Probability with which the task acted on the subject, and whether it did; null: unknown. */
  readonly propensity: number | null
  readonly acted: boolean | null
}

interface FetchedRow extends Omit<ServedRow, 'lineTimes' | 'at' | 'knownAt'> {
  readonly lineTimes: Date[] | null
  readonly at: Date
  readonly knownAt: Date
}

const ROWS_PER_FETCH = 1_000

export interface TrainingRowsFilter {
  /** Only rows served from then on, ms. */
  readonly from?: number | undefined
  /** Only labels of outcomes from these sources, and those by the horizon; empty: all. */
  readonly sources?: readonly string[]
}

/**
 * Yields the training rows of a task with their labels, in order of the time when they were served, and from one
 * snapshot, however long reading takes. Corrected labels are the last ones; those that are held for a person are left
 * out.
 */
export async function* streamTrainingRows(
  database: Database,
  task: string,
  featureSet: string,
  { from, sources = [] }: TrainingRowsFilter = {},
): AsyncGenerator<ServedRow> {
  const { reader, end } = await startSnapshot(database)
  try {
    // All rows may have to be sorted before the first one is returned.
    await sql`set local statement_timeout = 0`.execute(reader)
    await sql`
      declare labelled no scroll cursor for
      select label_id, "row", text, line_times, label, served_at as at, known_at, customer_id, subject_id,
        outcome_source, reviewer, propensity, acted
      from labelled_rows
      where training and status = 'labelled' and task = ${task} and feature_set = ${featureSet}
        and served_at >= ${from === undefined ? '-infinity' : new Date(from)}
        and (outcome_source is null or ${sources.length} = 0 or outcome_source = any(${sources}))
        and not exists (select from label_holds h where h.task = labelled_rows.task and h.released_at is null
          and h.name = case h.kind when 'source' then outcome_source else reviewer end
          and known_at >= h.known_from and known_at < h.known_to)
      order by served_at, label_id, customer_id`.execute(reader)
    for (;;) {
      const { rows } = await sql<FetchedRow>`fetch ${sql.raw(String(ROWS_PER_FETCH))} from labelled`.execute(reader)
      for (const row of rows) yield servedRowOf(row)
      if (rows.length < ROWS_PER_FETCH) break
    }
  } finally {
    await end()
  }
}

function servedRowOf({ lineTimes, at, knownAt, ...rest }: FetchedRow): ServedRow {
  return {
    ...rest,
    lineTimes: lineTimes?.map((time) => time.getTime()) ?? null,
    at: at.getTime(),
    knownAt: knownAt.getTime(),
  }
}

/** Returns the number of training labels of the task, and when the newest became known. */
export async function trainingLabelsSeen(database: Database, task: string): Promise<LabelsSeen> {
  const { rows } = await sql<LabelsSeen>`
    select count(*)::integer as labels, max(known_at) as known_to from labelled_rows
    where training and status = 'labelled' and task = ${task}`.execute(database)
  return rows[0]!
}

/** Returns the number of training labels of the task that became known after that time. */
export async function countTrainingLabelsSince(database: Database, task: string, since: Date): Promise<number> {
  const { count } = await database
    .selectFrom('labelled_rows')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('task', '=', task)
    .where('status', '=', 'labelled')
    .where('training', '=', true)
    .where('knownAt', '>', since)
    .executeTakeFirstOrThrow()
  return count
}
