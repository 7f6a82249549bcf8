import { outcomes, type Outcome } from '../../../schemas/models/outcomes.ts'
import { deadLetters, type DeadLetter } from '../../../schemas/platform/platform.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

/** Records that are written once and never change. */

const outcomeColumns = {
  id: 'text',
  task: 'text',
  subjectId: 'text',
  customerId: 'text',
  value: 'double precision',
  asOf: 'time',
  occurredAt: 'time',
  source: 'text',
} as const satisfies Columns<ReturnType<typeof outcomeOf>>

export const outcomesWriter = sinkWriter({
  topic: outcomes,
  columns: outcomeColumns,
  rowOf: outcomeOf,
  tables: [{ name: 'outcomes', key: ['id'], keep: 'first' }],
})

function outcomeOf(outcome: Outcome) {
  return {
    id: outcome.id,
    task: outcome.task,
    subjectId: outcome.subjectId,
    customerId: outcome.customerId,
    value: outcome.value,
    asOf: outcome.asOf,
    occurredAt: outcome.occurredAt,
    source: outcome.source,
  }
}

const letterColumns = {
  id: 'text',
  processor: 'text',
  topic: 'text',
  partition: 'integer',
  offset: 'bigint',
  code: 'text',
  message: 'text',
  key: 'bytea',
  value: 'bytea',
  occurredAt: 'time',
} as const satisfies Columns<ReturnType<typeof letterOf>>

export const deadLettersWriter = sinkWriter({
  topic: deadLetters,
  columns: letterColumns,
  rowOf: letterOf,
  tables: [{ name: 'dead_letters', key: ['id'], keep: 'first' }],
})

function letterOf(letter: DeadLetter) {
  const { id, processor, topic, partition, offset, code, message, key, value, occurredAt } = letter
  return { id, processor, topic, partition, offset, code, message, key, value, occurredAt: occurredAt }
}
