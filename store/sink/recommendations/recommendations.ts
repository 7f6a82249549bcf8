import { recommendations, type Recommendation } from '../../../schemas/recommendations/recommendations.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

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
export const recommendationsWriter = sinkWriter({
  topic: recommendations,
  columns,
  rowOf,
  tables: [
    { name: 'recommendation_history', key: ['id'], keep: 'first' },
    { name: 'recommendations', key: ['customer_id'], keep: 'last' },
  ],
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
