import type { Model } from './model.ts'

/** Returns why a model must not score rows of these features, or `undefined` if it may. */
export function featureMismatch(
  model: Pick<Model, 'id' | 'featureSet' | 'featureNames'>,
  features: { readonly id: string; readonly names: readonly string[] },
): string | undefined {
  if (model.featureSet !== features.id)
    return `Model ${model.id} was trained on ${model.featureSet}, and these rows are ${features.id}.`
  if (model.featureNames.length !== features.names.length) {
    return `Model ${model.id} was trained on ${model.featureNames.length} features of ${features.id}, and there are ${features.names.length} now.`
  }
  const index = features.names.findIndex((name, i) => model.featureNames[i] !== name)
  return index === -1
    ? undefined
    : `Model ${model.id} has "${model.featureNames[index]}" where the rows have "${features.names[index]}".`
}
