import type { ApiPorts, LiveRecommendations } from '../../api/ports.ts'
import { organisationFeatures, setStage } from '../../features/recommendations/organisation.ts'
import { featureMismatch } from '../../models/feature-mismatch.ts'
import type { Globals } from '../../processors/processor.ts'
import {
  audienceOf,
  recommendationsProcessor,
  activeSettings,
} from '../../processors/recommendations/recommendations.ts'
import { recommended, unknownTo } from '../../processors/recommendations/recommended.ts'

/** Creates a recommender for requests that uses the processor's rules and the current globals. */
export function recommenderOf(globals: () => Globals): ApiPorts['recommender'] {
  const task = recommendationsProcessor.task!
  const atStage: ApiPorts['recommender']['atStage'] = (row, stage) => {
    const copy = row.slice()
    setStage(copy, stage)
    return copy
  }
  return {
    atStage,
    async recommend(row, featureSet, of, stage): Promise<LiveRecommendations | string> {
      const currentGlobals = globals()
      const model = currentGlobals.model(task)
      if (model === undefined) return `No model is released for ${task} yet.`
      const refusal = featureMismatch(model, organisationFeatures)
      if (refusal !== undefined) return refusal
      if (featureSet !== organisationFeatures.id || row.length !== organisationFeatures.names.length)
        return `The organisation was seen last as ${featureSet}, and the model reads ${organisationFeatures.id}.`
      const probabilities = new Float64Array(model.outputs.length)
      await model.score({ count: 1, width: row.length, rows: atStage(row, stage), texts: [null] }, probabilities)
      const { dictionary, threshold } = activeSettings(currentGlobals)
      return {
        stage,
        items: recommended(model.outputs, probabilities, threshold, dictionary, { stage, ...audienceOf(of) }),
        threshold,
        modelId: model.id,
        modelDictionaryVersion: model.dictionaryVersion ?? null,
        dictionaryVersion: dictionary.version,
        unknownToModel: unknownTo(model.outputs, dictionary),
      }
    },
  }
}
