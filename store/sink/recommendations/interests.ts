import { interests, type CustomerInterests } from '../../../schemas/recommendations/interests.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

const columns = {
  customerId: 'text',
  id: 'text',
  interests: 'jsonb',
  modelId: 'text',
  absent: 'text',
  lookedAt: 'jsonb',
  occurredAt: 'time',
} as const satisfies Columns<ReturnType<typeof rowOf>>

/** The interests that were published last hold. */
export const interestsWriter = sinkWriter({
  topic: interests,
  columns,
  rowOf,
  tables: [{ name: 'interests', key: ['customerId'], keep: 'last' }],
})

function rowOf({ customerId, id, interests: ranked, modelId, absent, lookedAt, occurredAt }: CustomerInterests) {
  return {
    customerId: customerId,
    id,
    interests: ranked,
    modelId: modelId,
    absent,
    lookedAt: lookedAt,
    occurredAt: occurredAt,
  }
}
