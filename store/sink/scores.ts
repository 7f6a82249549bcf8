import { sql } from 'kysely'
import { scores, type Score } from '../../schemas/scoring.ts'
import type { Database } from '../database.ts'
import { lastOfEach, replaceOn, writeRows, type Columns } from '../write-rows.ts'
import { sinkWriter, valuesOf, type SinkEvent } from './writer.ts'

const columns = {
  id: 'text',
  task: 'text',
  subject_id: 'text',
  customer_id: 'text',
  opportunity_id: 'text',
  salesperson_id: 'text',
  visit_count: 'integer',
  probability: 'double precision',
  model_id: 'text',
  absent: 'text',
  feature_set: 'text',
  row: 'real[]',
  text: 'text',
  occurred_at: 'time',
  input_topic: 'text',
  input_partition: 'integer',
  input_offset: 'bigint',
} as const satisfies Columns<ReturnType<typeof rowOf>>

/** The newest score of each subject, and all of them in a table that is partitioned by month of event time. */
export const scoresWriter = sinkWriter<Score>({
  topic: scores,
  prepare: makePartitions,
  async write(transaction, events) {
    const rows = valuesOf(events).map(rowOf)
    // The same instant may hold one id twice only where a sweep was repeated after a restore: what is there stays.
    await writeRows(
      transaction,
      'score_history',
      columns,
      lastOfEach(
        rows,
        ({ id, occurred_at }) => `${id}/${occurred_at}`,
        () => false,
      ),
      'on conflict do nothing',
    )
    const newest = lastOfEach(
      rows,
      (row) => `${row.task}\u0000${row.subject_id}`,
      (row, held) => row.occurred_at >= held.occurred_at,
    )
    await writeRows(
      transaction,
      'scores',
      columns,
      newest,
      replaceOn(['task', 'subject_id'], columns, 'scores.occurred_at <= excluded.occurred_at'),
    )
  },
})

function rowOf(score: Score) {
  return {
    id: score.id,
    task: score.task,
    subject_id: score.subjectId,
    customer_id: score.customerId,
    opportunity_id: score.opportunityId,
    salesperson_id: score.salespersonId,
    visit_count: score.visitCount,
    probability: score.probability,
    model_id: score.modelId,
    absent: score.absent,
    feature_set: score.featureSet,
    row: score.row,
    text: score.text,
    occurred_at: score.occurredAt,
    input_topic: score.inputTopic,
    input_partition: score.inputPartition,
    input_offset: score.inputOffset,
  }
}

const made = new WeakMap<Database, Set<string>>()

/** Months come with the data, also those of long ago: a batch makes the partitions that it needs. */
async function makePartitions(database: Database, events: readonly SinkEvent<Score>[]): Promise<void> {
  let known = made.get(database)
  if (known === undefined) made.set(database, (known = new Set()))
  for (const month of new Set(valuesOf(events).map(({ occurredAt }) => monthOf(occurredAt)))) {
    if (known.has(month)) continue
    const [year, number] = month.split('-').map(Number) as [number, number]
    const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
    await database.transaction().execute(async (transaction) => {
      // Two sinks that make the same month at once would collide on the name.
      await sql`select pg_advisory_xact_lock(hashtext('score_history'))`.execute(transaction)
      await sql
        .raw(
          `create table if not exists score_history_${month.replace('-', '_')} partition of score_history
           for values from ('${month}-01T00:00:00Z') to ('${next}-01T00:00:00Z')`,
        )
        .execute(transaction)
    })
    known.add(month)
  }
}

/** `2026-08`; UTC. Event times lie between 1900 and tomorrow: the processors see to it. */
function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 7)
}
