import type { DescribedFeatures } from '../features/feature-set.ts'
import { reasonsFrom, type Reason } from '../features/reasons.ts'
import type { Explainer, Model } from '../models/model.ts'
import { modelInUse } from './models/model-in-use.ts'
import type { RowContext, Globals, ScoredSubject } from './processor.ts'

/** Reasons given for a score: enough to act on. */
const REASONS = 3

/** One explainer per model: preparing a forest is expensive. */
const explainers = new WeakMap<Model, Explainer>()

/**
 * Explains the first output, for messages about to be published: it takes longer than the score itself, so it is not
 * part of every event. Empty if the model can’t explain.
 */
export function reasonsOf<F extends RowContext>(
  { row, modelId }: Pick<ScoredSubject<F>, 'row' | 'modelId'>,
  globals: Pick<Globals, 'model' | 'trials'>,
  task: string,
  features: DescribedFeatures,
): Reason[] {
  const model = modelInUse(globals, task, modelId)
  if (model?.explainer === undefined) return []
  let explain = explainers.get(model)
  if (explain === undefined) explainers.set(model, (explain = model.explainer()))
  const contributions = new Float64Array(row.length)
  explain(row, contributions)
  return reasonsFrom(features.descriptions, row, contributions, REASONS).map(
    ({ feature, value, contribution, words }) => ({ feature, value, contribution, words }),
  )
}
