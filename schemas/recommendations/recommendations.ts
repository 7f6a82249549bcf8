import {
  array,
  boolean,
  documented,
  double,
  event,
  int,
  nullable,
  record,
  string,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

const AnsweredNeed = record('AnsweredNeed', 'A need of organisations like this one that the characteristic answers.', {
  id: string,
  name: string,
  category: string,
  ofContacts: documented('Whether a contact person is interested in the category.', boolean),
})
export type AnsweredNeed = TypeOf<typeof AnsweredNeed>

export const RecommendedItem = record('RecommendedItem', 'A characteristic worth putting forward.', {
  characteristicId: string,
  name: string,
  product: documented('Product that has it; null: all products.', nullable(string)),
  probability: double,
  needs: documented(
    'Needs of organisations like this one that it answers, those that contact persons are interested in first.',
    array(AnsweredNeed),
  ),
  advice: documented('What to say at this stage; null if the dictionary has no advice for it.', nullable(string)),
})
export type RecommendedItem = TypeOf<typeof RecommendedItem>

export const Recommendation = event(
  'Recommendation',
  'Which characteristics to put forward to an organisation, best first; published when the list changes.',
  {
    customerId: string,
    stage: documented('Stage of the sales funnel that the advice is for.', string),
    items: array(RecommendedItem),
    threshold: documented('Characteristics with a lower probability are omitted.', double),
    modelId: documented('Id of the model; null if there was no usable one.', nullable(string)),
    modelDictionaryVersion: documented(
      'Version of the dictionary that the model was trained on; null if there is no model.',
      nullable(int),
    ),
    dictionaryVersion: documented(
      'Version of the dictionary that names and advice come from; 0: the built-in default.',
      int,
    ),
    unknownToModel: documented('Active characteristics that the model does not know.', array(string)),
    absent: documented('Why there is no list.', nullable(string)),
  },
)
export type Recommendation = TypeOf<typeof Recommendation>

export const recommendations = topic<Recommendation>({
  name: 'recommendations',
  schema: Recommendation,
  key: 'customerId',
  persons: byKey,
  keyOf: (recommendation) => recommendation.customerId,
  retention: 'compacted',
  role: 'output',
  producer: 'recommendations processor',
})
