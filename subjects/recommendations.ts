import { dictionaryRoutes } from '../api/recommendations/dictionary.ts'
import { interestsRoute } from '../api/recommendations/interests.ts'
import { recommendationsRoute } from '../api/recommendations/recommendations.ts'
import { organisationFeatures } from '../features/recommendations/organisation.ts'
import { preferenceFeatures } from '../features/recommendations/tastes.ts'
import { dictionarySetting } from '../processors/recommendations/dictionary-setting.ts'
import { recommendationsProcessor } from '../processors/recommendations/recommendations.ts'
import { dictionaries } from '../schemas/recommendations/dictionary.ts'
import { interests } from '../schemas/recommendations/interests.ts'
import { contacts, organisations } from '../schemas/recommendations/organisations.ts'
import { recommendations as recommendationTopic } from '../schemas/recommendations/recommendations.ts'
import { organisationsWriter, contactsWriter } from '../store/recommendations/organisations.ts'
import { recommendationsWriter } from '../store/recommendations/recommendations.ts'
import { interestsWriter } from '../store/recommendations/interests.ts'
import { recommendationPersons } from '../store/recommendations/persons.ts'
import type { Subject } from './subject.ts'

/** What to offer to an organisation or a customer. */
export const recommendations: Subject = {
  name: 'recommendations',
  topics: [organisations, contacts, recommendationTopic, interests, dictionaries],
  featureSets: [organisationFeatures, preferenceFeatures],
  processors: [recommendationsProcessor],
  learnableTasks: [
    { task: 'recommendation', features: organisationFeatures, algorithm: 'deep-labels', multiLabel: 'dictionary' },
    { task: 'preferences', features: preferenceFeatures, algorithm: 'gbm-labels', multiLabel: 'outcomes' },
  ],
  settings: Object.values(dictionarySetting.lists),
  writers: [organisationsWriter, contactsWriter, recommendationsWriter, interestsWriter],
  personTables: recommendationPersons,
  routes: [recommendationsRoute, interestsRoute, dictionaryRoutes],
}
