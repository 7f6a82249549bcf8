import { scores, type Score } from '../../../schemas/models/scores.ts'
import { makeScorePartitions, requireMonth } from '../../models/score-partitions.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter, valuesOf } from '../writer.ts'

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
  line_times: 'times',
  occurred_at: 'time',
  input_topic: 'text',
  input_partition: 'integer',
  input_offset: 'bigint',
} as const satisfies Columns<ReturnType<typeof rowOf>>

/**
 * All scores in a table that is partitioned by month of event time, and the newest of each subject: the one that was
 * published last, for one task publishes them in order. Event times may well go back, as when the latest visit of an
 * opportunity is withdrawn.
 */
export const scoresWriter = sinkWriter({
  topic: scores,
  columns,
  rowOf,
  tables: [
    // The same instant may hold one id twice only where a sweep was repeated after a restore: what is there stays.
    { name: 'score_history', key: ['id', 'occurred_at'], keep: 'first', expiresBy: 'occurred_at' },
    { name: 'scores', key: ['task', 'subject_id'], keep: 'last' },
  ],
  prepare: (database, events) =>
    makeScorePartitions(
      database,
      valuesOf(events).map(({ occurredAt }) => occurredAt),
    ),
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
    line_times: score.lineTimes,
    occurred_at: requireMonth(score.occurredAt),
    input_topic: score.inputTopic,
    input_partition: score.inputPartition,
    input_offset: score.inputOffset,
  }
}
