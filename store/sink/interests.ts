import { interests, type CustomerInterests } from '../../schemas/interests.ts'
import { newestOfEach, replaceOn, writeRows, type Columns } from '../write-rows.ts'
import { sinkWriter, valuesOf } from './writer.ts'

const columns = {
  customer_id: 'text',
  id: 'text',
  interests: 'jsonb',
  model_id: 'text',
  absent: 'text',
  occurred_at: 'time',
} as const satisfies Columns<ReturnType<typeof rowOf>>

/** The interests that were published last hold. */
export const interestsWriter = sinkWriter<CustomerInterests>({
  topic: interests,
  async write(transaction, events) {
    const newest = newestOfEach(valuesOf(events).map(rowOf), ({ customer_id }) => customer_id)
    await writeRows(transaction, 'interests', columns, newest, replaceOn(['customer_id'], columns))
  },
})

function rowOf({ customerId, id, interests: ranked, modelId, absent, occurredAt }: CustomerInterests) {
  return { customer_id: customerId, id, interests: ranked, model_id: modelId, absent, occurred_at: occurredAt }
}
