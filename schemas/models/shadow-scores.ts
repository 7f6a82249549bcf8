import { array, documented, double, event, nullable, string, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const ShadowScore = event(
  'ShadowScore',
  'What a model on trial as a shadow would have scored for the row of a live score. It has no consequences.',
  {
    scoreId: documented('Id of the live score for the same row.', string),
    task: string,
    subjectId: documented('Id of the opportunity or the customer.', string),
    customerId: string,
    modelId: documented('The shadow.', string),
    probability: documented('Its probability or estimate: the highest of its outputs.', double),
    outputs: documented('All of its outputs, in the order of the model.', array(double)),
    liveModelId: documented('The model of the live score; null if none scored.', nullable(string)),
    liveProbability: nullable(double),
  },
)
export type ShadowScore = TypeOf<typeof ShadowScore>

export const shadowScores = topic<ShadowScore>({
  name: 'shadow-scores',
  schema: ShadowScore,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 90 },
  role: 'output',
  producer: 'scoring processors',
})
