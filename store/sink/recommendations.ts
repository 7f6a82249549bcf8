import { recommendations, type Recommendation } from '../../schemas/recommendations.ts'
import { firstOfEach, newestOfEach, replaceOn, writeRows, type Columns } from '../write-rows.ts'
import { sinkWriter, valuesOf } from './writer.ts'

const columns = {
  id: 'text',
  customer_id: 'text',
  stage: 'text',
  items: 'jsonb',
  threshold: 'double precision',
  model_id: 'text',
  model_dictionary_version: 'integer',
  dictionary_version: 'integer',
  unknown_to_model: 'jsonb',
  absent: 'text',
  occurred_at: 'time',
} as const satisfies Columns<ReturnType<typeof rowOf>>

/** The list that was published last for an organisation holds, and every one that ever was. */
export const recommendationsWriter = sinkWriter<Recommendation>({
  topic: recommendations,
  async write(transaction, events) {
    const rows = valuesOf(events).map(rowOf)
    const distinct = firstOfEach(rows, ({ id }) => id)
    await writeRows(transaction, 'recommendation_history', columns, distinct, 'on conflict do nothing')
    const newest = newestOfEach(rows, ({ customer_id }) => customer_id)
    await writeRows(transaction, 'recommendations', columns, newest, replaceOn(['customer_id'], columns))
  },
})

function rowOf(recommendation: Recommendation) {
  return {
    id: recommendation.id,
    customer_id: recommendation.customerId,
    stage: recommendation.stage,
    items: recommendation.items,
    threshold: recommendation.threshold,
    model_id: recommendation.modelId,
    model_dictionary_version: recommendation.modelDictionaryVersion,
    dictionary_version: recommendation.dictionaryVersion,
    unknown_to_model: recommendation.unknownToModel,
    absent: recommendation.absent,
    occurred_at: recommendation.occurredAt,
  }
}
