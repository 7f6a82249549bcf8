import type { CaseFields } from './case-fields.ts'
import type { ScoringAlgorithm } from '../model.ts'
import { casesOfLines } from './text-case.ts'
import { TextModelError, writeAnswers } from './text-model.ts'
import type { Strategy } from './windows.ts'

/** A tuned model without its graph of backbone and head, which is in the backbone's folder. */
export interface TunedTextParameters {
  readonly labels: readonly string[]
  readonly strategy: Exclude<Strategy, 'visit-wise'>
  /** Pieces of a case that are read at most, marks and all. */
  readonly piecesMax: number
  /** Names the graph with its tokenizer. */
  readonly backbone: string
  /** Of the rows that it was trained on. */
  readonly fields?: CaseFields
}

/**
 * Classes of texts by a backbone that was tuned with its head as one graph (Devlin et al. 2019); of two the probability
 * of the second.
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
        writeAnswers(vectors, labels.length, into),
      )
  },
}
