import { bytes, documented, double, event, identifier, map, nullable, string, type TypeOf } from '../avro/schema.ts'
import { globalTopic } from '../topic.ts'

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
})
export type Release = TypeOf<typeof Release>

export const releases = globalTopic<Release>({
  name: 'releases',
  schema: Release,
  key: 'task',
  keyOf: (release) => release.task,
  versionOf: ({ modelId }) => modelId,
  producer: 'retrainer',
})
