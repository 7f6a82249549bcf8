import { gaps, type Gap } from '../../../schemas/platform/platform.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

const columns = {
  id: 'text',
  processor: 'text',
  topic: 'text',
  partition: 'integer',
  from: 'bigint',
  to: 'bigint',
  occurredAt: 'time',
} as const satisfies Columns<ReturnType<typeof rowOf>>

export const gapsWriter = sinkWriter({
  topic: gaps,
  columns,
  rowOf,
  tables: [{ name: 'gaps', key: ['id'], keep: 'first' }],
})

function rowOf({ id, processor, topic, partition, from, to, occurredAt }: Gap) {
  return { id, processor, topic, partition, from, to, occurredAt: occurredAt }
}
