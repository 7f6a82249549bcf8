import type { ScoringAlgorithm } from '../model.ts'
import type { CaseVectors } from './attention-pooling.ts'
import type { CaseFields } from './case-fields.ts'
import { casesOfLines, textOf } from './text-case.ts'
import { openTextModel, TextModelError, type TextModelParameters } from './text-model.ts'
import type { Strategy } from './windows.ts'

/** A multi-label text classifier: one binary model per label. */
export interface LabelTextParameters {
  readonly labels: readonly string[]
  /** Binary model of each label; all of them read the same vectors. */
  readonly models: readonly TextModelParameters[]
  /** Probability from which a text is assigned each label. */
  readonly thresholds: readonly number[]
  readonly strategy: Strategy
  /** `null` if only terms are read. */
  readonly backbone: string | null
  readonly fields?: CaseFields
}

/** Returns a function that computes the probability of each label, text by text: [texts × labels]. */
export function labelTextProbabilities({
  models,
}: Pick<LabelTextParameters, 'models'>): (texts: readonly string[], vectors: CaseVectors | undefined) => Float64Array {
  const opened = models.map((model) => ({ model: openTextModel(model), reads: model.backbone !== null }))
  return (texts, vectors) => {
    const into = new Float64Array(texts.length * models.length)
    opened.forEach(({ model, reads }, label) => {
      const binaryProbabilities = model.probabilities(texts, reads ? vectors : undefined)
      for (let row = 0; row < texts.length; row++) into[row * models.length + label] = binaryProbabilities[2 * row + 1]!
    })
    return into
  }
}

/** Returns the labels of a text by their probabilities. */
export function predictedLabels(
  { labels, thresholds }: Pick<LabelTextParameters, 'labels' | 'thresholds'>,
  probabilities: Float64Array,
): string[] {
  return labels.filter((_, label) => probabilities[label]! >= thresholds[label]!)
}

/** Multi-label text classification with a pretrained backbone. The lines of a text are its records. */
export const labelText: ScoringAlgorithm<LabelTextParameters> = {
  name: 'text-labels',
  kind: 'classification',
  readsText: true,
  runtime: 'onnx',
  outputs: ({ labels }) => labels.length,
  scorer(parameters, runtimes) {
    const { backbone, strategy } = parameters
    if (backbone !== null && runtimes === undefined)
      throw new TextModelError('The model reads texts with a backbone, which is not at hand here.')
    const probabilities = labelTextProbabilities(parameters)
    const read = backbone === null ? undefined : runtimes!.texts(backbone, strategy)
    return (batch, into) => {
      const cases = casesOfLines(batch.texts.slice(0, batch.count), batch.lineTimes)
      const texts = cases.map(textOf)
      if (read === undefined) return into.set(probabilities(texts, undefined))
      return read(cases).then((vectors) => into.set(probabilities(texts, vectors)))
    }
  },
}
