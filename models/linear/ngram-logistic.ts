import { BUCKETS, ngramReader } from './character-ngrams.ts'
import { checkDataset, checkWidth } from '../check-dataset.ts'
import { minimise } from './lbfgs.ts'
import type { Algorithm, Dataset } from '../model.ts'
import { packFloats, unpackFloats } from '../packed/packed-floats.ts'
import { sigmoid, softplus } from './penalised-logistic.ts'
import { temporalHoldout } from '../split.ts'
import {
  allRows,
  designOf,
  fitStandardisation,
  linearPredictor,
  type Design,
  type Standardisation,
} from './standardise.ts'

const VALIDATION_SHARE = 0.25
const VALIDATION_ROWS_MIN = 20
/**
 * Candidate strengths of the L2 penalty on a mean log loss: of text weights in units of 1/n, of numeric coefficients as
 * is.
 */
const TEXT_STRENGTHS = [3, 1, 0.3, 0.1, 0.03] as const
const NUMBER_STRENGTHS = [0.1, 0.01, 0.001] as const
const NUMBER_STRENGTH_FIRST = 0.01
/** Tolerances on the largest component of the gradient: while comparing penalties, and for the final model. */
const SELECTION_TOLERANCE = 1e-4
const FINAL_TOLERANCE = 1e-6

export interface NgramParameters {
  readonly standardisation: Standardisation
  readonly intercept: number
  readonly coefficients: readonly number[]
  /** One Float32 per bucket, packed. */
  readonly textWeights: string
  readonly textStrength: number
  readonly numberStrength: number
  /** Mean log loss of the validation rows; `null` with too few rows to validate. */
  readonly validationLoss: number | null
}

/** Texts as compressed sparse rows: the entries of text i are at `starts[i]` to `starts[i + 1]`. */
interface TextTable {
  readonly starts: Int32Array
  /** Indices into `used`. */
  readonly columns: Int32Array
  readonly values: Float32Array
  /** The buckets that occur at all, which keeps training on few short texts fast. */
  readonly used: Int32Array
}

/**
 * Logistic regression on hashed character n-grams of the text and the standardised numbers, with separate L2 penalties.
 * Small, fast and without a dictionary: the first model for texts, and the baseline for others.
 */
export const ngramLogistic: Algorithm<NgramParameters> = {
  name: 'ngram-logistic',
  kind: 'classification',
  readsText: true,
  train(data, seed, progress = () => {}) {
    checkDataset(data, 'classification', true)
    const steps = TEXT_STRENGTHS.length + NUMBER_STRENGTHS.length
    const texts = textTable(data.texts)
    const split = temporalHoldout(data, VALIDATION_SHARE, seed)
    const trainLabels = Float64Array.from(split.train, (row) => data.labels[row]!)
    let textStrength = 1
    let numberStrength: number = NUMBER_STRENGTH_FIRST
    let validationLoss: number | null = null
    if (split.test.length >= VALIDATION_ROWS_MIN && trainLabels.includes(0) && trainLabels.includes(1)) {
      const standardisation = fitStandardisation(data, split.train)
      const train = designOf(standardisation, data, split.train)
      const test = designOf(standardisation, data, split.test)
      const testLabels = Float64Array.from(split.test, (row) => data.labels[row]!)
      let start: Float64Array | undefined
      const lossUnder = (text: number, number: number) => {
        start = fitted(train, texts, split.train, trainLabels, text, number, SELECTION_TOLERANCE, start)
        return meanLoss(start, test, texts, split.test, testLabels)
      }
      let done = 0
      for (const candidate of TEXT_STRENGTHS) {
        const loss = lossUnder(candidate, NUMBER_STRENGTH_FIRST)
        if (validationLoss === null || loss < validationLoss) [validationLoss, textStrength] = [loss, candidate]
        progress(++done, steps)
      }
      for (const candidate of NUMBER_STRENGTHS) {
        if (candidate === NUMBER_STRENGTH_FIRST || train.width === 0) continue
        const loss = lossUnder(textStrength, candidate)
        if (loss < validationLoss!) [validationLoss, numberStrength] = [loss, candidate]
        progress(++done, steps)
      }
    }
    const all = allRows(data.count)
    const standardisation = fitStandardisation(data, all)
    const fit = fitted(
      designOf(standardisation, data, all),
      texts,
      all,
      data.labels,
      textStrength,
      numberStrength,
      FINAL_TOLERANCE,
    )
    const used = texts.used.length
    const textWeights = new Float32Array(BUCKETS)
    texts.used.forEach((bucket, column) => {
      textWeights[bucket] = fit[column]!
    })
    progress(steps, steps)
    return {
      standardisation,
      intercept: fit[used]!,
      coefficients: [...fit.subarray(used + 1)],
      textWeights: packFloats(textWeights),
      textStrength,
      numberStrength,
      validationLoss,
    }
  },
  scorer({ standardisation, intercept, coefficients, textWeights }) {
    const weights = Float64Array.from(coefficients)
    const bucketWeights = unpackFloats(textWeights, BUCKETS)
    const read = ngramReader()
    return (batch, into) => {
      checkWidth(batch, standardisation.centre.length)
      for (let i = 0; i < batch.count; i++) {
        const { length, buckets, values } = read(batch.texts[i] ?? null)
        let margin = intercept + linearPredictor(standardisation, weights, batch.rows, i * batch.width)
        for (let k = 0; k < length; k++) margin += bucketWeights[buckets[k]!]! * values[k]!
        into[i] = sigmoid(margin)
      }
    }
  },
}

function textTable(texts: Dataset['texts']): TextTable {
  const read = ngramReader()
  const starts = new Int32Array(texts.length + 1)
  const columnOf = new Int32Array(BUCKETS).fill(-1)
  const used: number[] = []
  let columns = new Int32Array(1024)
  let values = new Float32Array(1024)
  texts.forEach((text, i) => {
    const sparse = read(text)
    const from = starts[i]!
    const to = from + sparse.length
    if (to > columns.length) {
      columns = grown(columns, new Int32Array(2 * to))
      values = grown(values, new Float32Array(2 * to))
    }
    for (let k = 0; k < sparse.length; k++) {
      const bucket = sparse.buckets[k]!
      if (columnOf[bucket] === -1) columnOf[bucket] = used.push(bucket) - 1
      columns[from + k] = columnOf[bucket]!
      values[from + k] = sparse.values[k]!
    }
    starts[i + 1] = to
  })
  return { starts, columns, values, used: Int32Array.from(used) }
}

function grown<T extends Int32Array | Float32Array>(older: T, larger: T): T {
  larger.set(older)
  return larger
}

/**
 * Returns b + text weights · text + coefficients · numbers for each of the rows. `fit` holds the text weights, the
 * intercept, then the coefficients.
 */
function marginsOf(
  fit: Float64Array,
  design: Design,
  { starts, columns, values, used }: TextTable,
  rows: Int32Array,
): Float64Array {
  const margins = new Float64Array(rows.length).fill(fit[used.length]!)
  for (let j = 0; j < design.width; j++) {
    const coefficient = fit[used.length + 1 + j]!
    if (coefficient !== 0)
      for (let i = 0; i < rows.length; i++) margins[i]! += coefficient * design.columns[j * rows.length + i]!
  }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    let sum = 0
    for (let k = starts[row]!; k < starts[row + 1]!; k++) sum += fit[columns[k]!]! * values[k]!
    margins[i]! += sum
  }
  return margins
}

function fitted(
  design: Design,
  texts: TextTable,
  rows: Int32Array,
  labels: Float64Array,
  textStrength: number,
  numberStrength: number,
  tolerance: number,
  start: Float64Array = new Float64Array(texts.used.length + 1 + design.width),
): Float64Array {
  const count = rows.length
  const { starts, columns, values } = texts
  const used = texts.used.length
  const textLambda = textStrength / count
  return minimise(
    (fit, gradient) => {
      gradient.fill(0)
      const margins = marginsOf(fit, design, texts, rows)
      let loss = 0
      for (let i = 0; i < count; i++) {
        const margin = margins[i]!
        loss += softplus(margin) - labels[i]! * margin
        const pull = (sigmoid(margin) - labels[i]!) / count
        margins[i] = pull
        gradient[used]! += pull
        const row = rows[i]!
        for (let k = starts[row]!; k < starts[row + 1]!; k++) gradient[columns[k]!]! += pull * values[k]!
      }
      for (let j = 0; j < design.width; j++) {
        let sum = 0
        for (let i = 0; i < count; i++) sum += margins[i]! * design.columns[j * count + i]!
        gradient[used + 1 + j]! += sum
      }
      let penalty = 0
      for (let k = 0; k < fit.length; k++) {
        const lambda = k < used ? textLambda : k === used ? 0 : numberStrength
        penalty += (lambda / 2) * fit[k]! * fit[k]!
        gradient[k]! += lambda * fit[k]!
      }
      return loss / count + penalty
    },
    start,
    { tolerance },
  )
}

function meanLoss(fit: Float64Array, design: Design, texts: TextTable, rows: Int32Array, labels: Float64Array): number {
  let loss = 0
  marginsOf(fit, design, texts, rows).forEach((margin, i) => {
    loss += softplus(margin) - labels[i]! * margin
  })
  return loss / rows.length
}
