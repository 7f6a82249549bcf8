import { recommendations, type Recommendation } from '../../../schemas/recommendations/recommendations.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

const columns = {
  id: 'text',
  customerId: 'text',
  stage: 'text',
  items: 'jsonb',
  threshold: 'double precision',
  modelId: 'text',
  modelDictionaryVersion: 'integer',
  dictionaryVersion: 'integer',
  unknownToModel: 'jsonb',
  absent: 'text',
  occurredAt: 'time',
} as const satisfies Columns<ReturnType<typeof rowOf>>

/** The list that was published last for an organisation holds, and every one that ever was. */
export const recommendationsWriter = sinkWriter({
  topic: recommendations,
  columns,
  rowOf,
  tables: [
    { name: 'recommendation_history', key: ['id'], keep: 'first' },
    { name: 'recommendations', key: ['customerId'], keep: 'last' },
  ],
})

function rowOf(recommendation: Recommendation) {
  return {
    id: recommendation.id,
    customerId: recommendation.customerId,
    stage: recommendation.stage,
    items: recommendation.items,
    threshold: recommendation.threshold,
    modelId: recommendation.modelId,
    modelDictionaryVersion: recommendation.modelDictionaryVersion,
    dictionaryVersion: recommendation.dictionaryVersion,
    unknownToModel: recommendation.unknownToModel,
    absent: recommendation.absent,
    occurredAt: recommendation.occurredAt,
  }
}
