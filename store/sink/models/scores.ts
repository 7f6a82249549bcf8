import { scores, type Score } from '../../../schemas/models/scores.ts'
import { makeScorePartitions, requireMonth } from '../../models/score-partitions.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter, valuesOf } from '../writer.ts'

const columns = {
  id: 'text',
  task: 'text',
  subjectId: 'text',
  customerId: 'text',
  opportunityId: 'text',
  salespersonId: 'text',
  visitCount: 'integer',
  probability: 'double precision',
  modelId: 'text',
  absent: 'text',
  featureSet: 'text',
  row: 'real[]',
  text: 'text',
  lineTimes: 'times',
  occurredAt: 'time',
  inputTopic: 'text',
  inputPartition: 'integer',
  inputOffset: 'bigint',
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
    { name: 'score_history', key: ['id', 'occurredAt'], keep: 'first', expiresBy: 'occurredAt' },
    { name: 'scores', key: ['task', 'subjectId'], keep: 'last' },
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
    subjectId: score.subjectId,
    customerId: score.customerId,
    opportunityId: score.opportunityId,
    salespersonId: score.salespersonId,
    visitCount: score.visitCount,
    probability: score.probability,
    modelId: score.modelId,
    absent: score.absent,
    featureSet: score.featureSet,
    row: score.row,
    text: score.text,
    lineTimes: score.lineTimes,
    occurredAt: requireMonth(score.occurredAt),
    inputTopic: score.inputTopic,
    inputPartition: score.inputPartition,
    inputOffset: score.inputOffset,
  }
}
