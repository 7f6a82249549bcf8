import { chosenVectors, type CaseVectors } from '../../../models/text/attention-pooling.ts'
import { fittingTextModel, type LabelledTexts, type TextFitOptions } from '../../../models/text/fit-text-model.ts'
import type { SentenceEncoder } from '../../../models/text/sentence-encoder.ts'
import type { Penalty } from '../../../models/text/softmax-head.ts'
import { readTerms, type ReadTerms } from '../../../models/text/terms.ts'
import { openTextModel, type TextModelParameters } from '../../../models/text/text-model.ts'
import type { Strategy } from '../../../models/text/windows.ts'
import type { DenseProducts } from '../../../runtimes/dense-products.ts'

/** Inputs of a model, and the penalty on its weights. */
export interface TextFit {
  readonly strategy: Strategy
  readonly withTerms: boolean
  readonly penalty: Penalty
  /** Vectors of all cases; `undefined` for terms alone. */
  readonly vectors: CaseVectors | undefined
}

/** Fits and applies text models on rows of the same cases. */
export interface TextFitter {
  readonly labels: Int32Array
  readonly names: readonly string[]
  labelsOf(rows: Int32Array): Int32Array
  /** Fits a model, warm-started from `before`. */
  fit(rows: Int32Array, how: TextFit, before?: TextModelParameters): Promise<TextModelParameters>
  logits(parameters: TextModelParameters, rows: Int32Array, vectors: CaseVectors | undefined): Float64Array
}

export interface TextFitterOptions {
  readonly encoder: SentenceEncoder | undefined
  readonly classWeights: 'none' | 'balanced'
  /** Maximum number of terms, if not the default. */
  readonly termsMax?: number
}

export function createTextFitter(
  products: DenseProducts,
  texts: readonly string[],
  labels: Int32Array,
  names: readonly string[],
  { encoder, classWeights, termsMax }: TextFitterOptions,
): TextFitter {
  const textsOf = (rows: Int32Array) => Array.from(rows, (row) => texts[row]!)
  const labelsOf = (rows: Int32Array) => rows.map((row) => labels[row]!)
  const termsOf = onceForEachRows((rows) => readTerms(textsOf(rows), termsMax))
  const inputs = (rows: Int32Array, { withTerms, vectors }: TextFit): LabelledTexts => ({
    terms: withTerms ? termsOf(rows) : undefined,
    vectors: vectors === undefined ? undefined : chosenVectors(vectors, rows),
    labels: labelsOf(rows),
    names,
  })
  const options = ({ strategy, penalty, vectors }: TextFit): TextFitOptions => {
    const { id = null, windowMax = 0 } = (vectors === undefined ? undefined : encoder) ?? {}
    return { strategy, penalty, classWeights, backbone: id, windowMax }
  }
  return {
    labels,
    names,
    labelsOf,
    fit: (rows, how, before) => products.answer(fittingTextModel(inputs(rows, how), options(how), before)),
    logits: (parameters, rows, vectors) =>
      openTextModel(parameters).logits(textsOf(rows), vectors === undefined ? undefined : chosenVectors(vectors, rows)),
  }
}

/** Caches the terms of each set of rows, which several fits share. */
function onceForEachRows(read: (rows: Int32Array) => ReadTerms): (rows: Int32Array) => ReadTerms {
  const known = new Map<Int32Array, ReadTerms>()
  return (rows) => {
    const found = known.get(rows) ?? read(rows)
    known.set(rows, found)
    return found
  }
}
