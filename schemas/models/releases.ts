import {
  array,
  bytes,
  documented,
  double,
  enumeration,
  event,
  identifier,
  map,
  nullable,
  record,
  string,
  type TypeOf,
} from '../avro/schema.ts'
import { globalTopic } from '../topic.ts'
import { noPersons } from '../persons.ts'

/** Maximum number of models on trial per task: each one costs a score per decision. */
export const TRIALS_MAX = 4

export const Trial = record('Trial', 'A model on trial beside the released one.', {
  mode: documented(
    'shadow: its scores are published apart from the live ones. canary: it scores a share of the customers.',
    enumeration('TrialMode', ['shadow', 'canary']),
  ),
  share: documented('Share of the customers that a canary scores; 0 for a shadow.', double),
  modelId: documented('Hash of the artefact.', string),
  algorithm: string,
  featureSet: string,
  artefact: bytes,
})
export type Trial = TypeOf<typeof Trial>

export const Release = event('Release', 'A model version, in use from its release on.', {
  task: identifier,
  modelId: documented('Hash of the artefact.', string),
  algorithm: string,
  featureSet: documented(
    'Name and version of the features that the model was trained on; a scorer with other features refuses it.',
    string,
  ),
  artefact: documented('The model as data (JSON, UTF-8): parameters, preprocessing, feature names.', bytes),
  metrics: map(double),
  reason: documented('Why it replaced the previous model.', string),
  replaces: documented('Id of the previous model; null if there was none.', nullable(string)),
  trials: documented(
    'Models on trial for the task, in order of their id; at most one of them is a canary.',
    array(Trial),
  ),
})
export type Release = TypeOf<typeof Release>

export const releases = globalTopic<Release>({
  name: 'releases',
  schema: Release,
  key: 'task',
  persons: noPersons('models, which hold no rows of people'),
  keyOf: (release) => release.task,
  // A shadow changes no decision, so it is not part of the version.
  versionOf: ({ modelId, trials }) => {
    const canary = trials.find(({ mode }) => mode === 'canary')
    return canary === undefined ? modelId : `${modelId}+${canary.modelId}@${canary.share}`
  },
  producer: 'retrainer',
})
