import type { ApiPorts, RecommendedNow } from '../../api/ports.ts'
import { organisationFeatures, setStage } from '../../features/recommendations/organisation.ts'
import { misfit } from '../../models/misfit.ts'
import type { Globals } from '../../processors/processor.ts'
import {
  audienceOf,
  recommendationsProcessor,
  recommendingUnder,
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
    async now(row, featureSet, of, stage): Promise<RecommendedNow | string> {
      const inForce = globals()
      const model = inForce.model(task)
      if (model === undefined) return `No model is released for ${task} yet.`
      const refusal = misfit(model, organisationFeatures)
      if (refusal !== undefined) return refusal
      if (featureSet !== organisationFeatures.id || row.length !== organisationFeatures.names.length)
        return `The organisation was seen last as ${featureSet}, and the model reads ${organisationFeatures.id}.`
      const probabilities = new Float64Array(model.outputs.length)
      await model.score({ count: 1, width: row.length, rows: atStage(row, stage), texts: [null] }, probabilities)
      const { dictionary, threshold } = recommendingUnder(inForce)
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
