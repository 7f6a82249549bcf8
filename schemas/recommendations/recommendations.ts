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

const AnsweredNeed = record('AnsweredNeed', 'A need of such an organisation that the characteristic answers.', {
  id: string,
  name: string,
  category: string,
  ofContacts: documented('A contact person is interested in its category.', boolean),
})
export type AnsweredNeed = TypeOf<typeof AnsweredNeed>

export const RecommendedItem = record('RecommendedItem', 'A characteristic worth putting forward.', {
  characteristicId: string,
  name: string,
  product: documented('null: of all products.', nullable(string)),
  probability: double,
  needs: documented('Those of the contact persons’ interests first.', array(AnsweredNeed)),
  advice: documented('What to say at this stage; null: the dictionary has nothing for it.', nullable(string)),
})
export type RecommendedItem = TypeOf<typeof RecommendedItem>

export const Recommendation = event(
  'Recommendation',
  'Which characteristics to put forward to an organisation, best first; published when the list changes.',
  {
    customerId: string,
    stage: documented('Of the sales funnel, the one that the advice is for.', string),
    items: array(RecommendedItem),
    threshold: documented('Characteristics of a lower probability are left out.', double),
    modelId: documented('null: no model could say.', nullable(string)),
    modelDictionaryVersion: documented('The dictionary that the model was trained on; null: no model.', nullable(int)),
    dictionaryVersion: documented('The dictionary in force, which names and advice are from.', int),
    unknownToModel: documented('Characteristics in force that the model knows nothing of.', array(string)),
    absent: documented('Why there is no list.', nullable(string)),
  },
)
export type Recommendation = TypeOf<typeof Recommendation>

export const recommendations = topic<Recommendation>({
  name: 'recommendations',
  schema: Recommendation,
  key: 'customerId',
  keyOf: (recommendation) => recommendation.customerId,
  retention: 'compacted',
  role: 'output',
  producer: 'recommendations processor',
})
