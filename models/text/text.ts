import type { ScoringAlgorithm } from '../model.ts'
import { casesOfLines, textOf } from './text-case.ts'
import { openTextModel, TextModelError, writeOutputs, type TextModelParameters } from './text-model.ts'

/**
 * Text classification with a pretrained backbone. For two classes, the output is the probability of the second. The
 * lines of a text are its records.
 */
export const text: ScoringAlgorithm<TextModelParameters> = {
  name: 'text',
  kind: 'classification',
  readsText: true,
  runtime: 'onnx',
  outputs: ({ labels }) => (labels.length === 2 ? 1 : labels.length),
  scorer(parameters, runtimes) {
    const { backbone, strategy, labels } = parameters
    if (backbone !== null && runtimes === undefined)
      throw new TextModelError('The model reads texts with a backbone, which is not at hand here.')
    const { probabilities } = openTextModel(parameters)
    const read = backbone === null ? undefined : runtimes!.texts(backbone, strategy)
    return (batch, into) => {
      const cases = casesOfLines(batch.texts.slice(0, batch.count), batch.lineTimes)
      const texts = cases.map(textOf)
      if (read === undefined) return writeOutputs(probabilities(texts, undefined), labels.length, into)
      return read(cases).then((vectors) => writeOutputs(probabilities(texts, vectors), labels.length, into))
    }
  },
}
