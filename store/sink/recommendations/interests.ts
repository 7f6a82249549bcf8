import { interests, type CustomerInterests } from '../../../schemas/recommendations/interests.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

const columns = {
  customer_id: 'text',
  id: 'text',
  interests: 'jsonb',
  model_id: 'text',
  absent: 'text',
  looked_at: 'jsonb',
  occurred_at: 'time',
} as const satisfies Columns<ReturnType<typeof rowOf>>

/** The interests that were published last hold. */
export const interestsWriter = sinkWriter({
  topic: interests,
  columns,
  rowOf,
  tables: [{ name: 'interests', key: ['customer_id'], keep: 'last' }],
})

function rowOf({ customerId, id, interests: ranked, modelId, absent, lookedAt, occurredAt }: CustomerInterests) {
  return {
    customer_id: customerId,
    id,
    interests: ranked,
    model_id: modelId,
    absent,
    looked_at: lookedAt,
    occurred_at: occurredAt,
  }
}
