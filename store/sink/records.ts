import { outcomes, type Outcome } from '../../schemas/contact-centre.ts'
import { deadLetters, type DeadLetter } from '../../schemas/platform.ts'
import { firstOfEach, writeRows, type Columns } from '../write-rows.ts'
import { sinkWriter, valuesOf } from './writer.ts'

/** Records that are written once and never change. */

const outcomeColumns = {
  id: 'text',
  task: 'text',
  subject_id: 'text',
  customer_id: 'text',
  value: 'double precision',
  as_of: 'time',
  occurred_at: 'time',
  source: 'text',
} as const satisfies Columns<ReturnType<typeof outcomeOf>>

export const outcomesWriter = sinkWriter<Outcome>({
  topic: outcomes,
  async write(transaction, events) {
    const rows = firstOfEach(valuesOf(events).map(outcomeOf), ({ id }) => id)
    await writeRows(transaction, 'outcomes', outcomeColumns, rows, 'on conflict do nothing')
  },
})

function outcomeOf(outcome: Outcome) {
  return {
    id: outcome.id,
    task: outcome.task,
    subject_id: outcome.subjectId,
    customer_id: outcome.customerId,
    value: outcome.value,
    as_of: outcome.asOf,
    occurred_at: outcome.occurredAt,
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
  occurred_at: 'time',
} as const satisfies Columns<ReturnType<typeof letterOf>>

export const deadLettersWriter = sinkWriter<DeadLetter>({
  topic: deadLetters,
  async write(transaction, events) {
    const rows = firstOfEach(valuesOf(events).map(letterOf), ({ id }) => id)
    await writeRows(transaction, 'dead_letters', letterColumns, rows, 'on conflict do nothing')
  },
})

function letterOf(letter: DeadLetter) {
  const { id, processor, topic, partition, offset, code, message, key, value, occurredAt } = letter
  return { id, processor, topic, partition, offset, code, message, key, value, occurred_at: occurredAt }
}
