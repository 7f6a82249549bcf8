import type { DescribedFeatures } from '../features/feature-set.ts'
import { reasonsFrom, type Reason } from '../features/reasons.ts'
import type { Explainer, Model } from '../models/model.ts'
import type { RowContext, Globals, ScoredSubject } from './processor.ts'

/** So many are enough to act on. */
const REASONS = 3

/** An explainer is made once a model: a forest is prepared for it. */
const explainers = new WeakMap<Model, Explainer>()

/**
 * Why the first number of the row is what it is, for what is about to be published: it takes longer than the score itself, and is no
 * part of the way of every event. Nothing where the model can't tell.
 */
export function reasonsOf<F extends RowContext>(
  { row, modelId }: Pick<ScoredSubject<F>, 'row' | 'modelId'>,
  globals: Pick<Globals, 'model'>,
  task: string,
  features: DescribedFeatures,
): Reason[] {
  const model = globals.model(task)
  if (model === undefined || model.id !== modelId || model.explainer === undefined) return []
  let explain = explainers.get(model)
  if (explain === undefined) explainers.set(model, (explain = model.explainer()))
  const contributions = new Float64Array(row.length)
  explain(row, contributions)
  return reasonsFrom(features.descriptions, row, contributions, REASONS)
}
