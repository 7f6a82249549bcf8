import type { CaseFields } from './case-fields.ts'
import type { ScoringAlgorithm } from '../model.ts'
import { casesOfLines } from './text-case.ts'
import { TextModelError, writeOutputs } from './text-model.ts'
import type { Strategy } from './windows.ts'

/** Parameters of a fine-tuned model. Its graph of backbone and head is in the backbone's folder. */
export interface TunedTextParameters {
  readonly labels: readonly string[]
  readonly strategy: Exclude<Strategy, 'visit-wise'>
  /** Maximum number of pieces read of a case, including special tokens. */
  readonly piecesMax: number
  /** Id of the graph and its tokenizer. */
  readonly backbone: string
  /** Field names of its training rows. */
  readonly fields?: CaseFields
}

/**
 * Text classification by a backbone that was fine-tuned with its head as one graph (Devlin et al. 2019). For two
 * classes, the output is the probability of the second.
 */
export const tunedText: ScoringAlgorithm<TunedTextParameters> = {
  name: 'tuned-text',
  kind: 'classification',
  readsText: true,
  runtime: 'onnx',
  outputs: ({ labels }) => (labels.length === 2 ? 1 : labels.length),
  scorer({ labels, strategy, piecesMax, backbone }, runtimes) {
    if (runtimes === undefined)
      throw new TextModelError(
        'The model reads texts with a backbone that was tuned for it, which is not at hand here.',
      )
    const read = runtimes.texts(backbone, strategy, piecesMax)
    return ({ texts, count, lineTimes }, into) =>
      read(casesOfLines(texts.slice(0, count), lineTimes)).then(({ vectors }) =>
        writeOutputs(vectors, labels.length, into),
      )
  },
}
