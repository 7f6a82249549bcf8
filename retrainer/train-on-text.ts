import { bootstrapInterval, type Interval } from '../models/bootstrap.ts'
import { DatasetError } from '../models/check-dataset.ts'
import type { CaseVectors } from '../models/text/attention-pooling.ts'
import { fittingTextModel, fitTemperature, type LabelledTexts, type TextFitOptions } from '../models/text/fit-text-model.ts'
import type { SentenceEncoder } from '../models/text/sentence-encoder.ts'
import { probabilitiesOf, type Penalty } from '../models/text/softmax-head.ts'
import { textOf } from '../models/text/text-case.ts'
import { answersOf, rowLosses, textMetrics, type TextMetrics } from '../models/text/text-metrics.ts'
import { readTerms, type ReadTerms } from '../models/text/terms.ts'
import { openTextModel, type TextModelParameters } from '../models/text/text-model.ts'
import type { Strategy } from '../models/text/windows.ts'
import { honestSplit, type Split } from '../models/split.ts'
import { openDenseProducts, type DenseProducts } from '../runtimes/dense-products.ts'
import { encodeCases } from '../runtimes/text/encode-cases.ts'
import type { Cases } from './text-cases.ts'
import { rareClasses } from './text-labels.ts'

export interface TextTrainingOptions {
  /** `undefined`: terms alone. */
  readonly encoder: SentenceEncoder | undefined
  /** The best of them on the validation rows is taken. */
  readonly strategies: readonly Strategy[]
  /** Whether words and letters stand beside the backbone; `if-better`: where the validation rows say so. */
  readonly withTerms: boolean | 'if-better'
  readonly classWeights: 'none' | 'balanced'
  readonly seed: number
  /** What is learned from and what is measured on, where it isn't the newest fifth. */
  readonly split?: Split
  /** Nothing is learned from the test cases in the end: `parameters` are those that were measured. */
  readonly measureOnly?: boolean
  /** Terms that are known at most, where it is not the usual number. */
  readonly termsMax?: number
  /** What terms alone say of the test cases, where that was found out before. */
  readonly byTerms?: Float64Array
  readonly progress?: (done: number, of: number, metric?: number) => void
}

/** Words and letters, and nothing that reads them. */
export const TERMS_ALONE = {
  encoder: undefined,
  strategies: ['newest'],
  withTerms: true,
  classWeights: 'none',
} as const

/** A way that was tried, with its log loss on the validation rows. */
export interface TriedText {
  readonly strategy: Strategy
  readonly withTerms: boolean
  readonly penalty: Penalty
  readonly logLoss: number
}

interface Fit extends TriedText {
  readonly temperature: number
  readonly parameters: TextModelParameters
}

export interface TextTraining {
  readonly parameters: TextModelParameters
  readonly metrics: TextMetrics
  /** Of a model of terms alone, trained in the same way, and of always saying the most frequent class. */
  readonly baselines: { readonly terms: TextMetrics; readonly majority: TextMetrics }
  /** Accuracy minus that of the terms alone, on the same cases, drawn together. */
  readonly advantage: Interval
  readonly tried: readonly TriedText[]
  readonly trainCases: number
  readonly testCases: number
  /** What was said of the test cases, and what terms alone say: [test cases × classes]. */
  readonly probabilities: Float64Array
  readonly byTerms: Float64Array
  readonly split: string
  /** Cases that were longer than what the strategy reads of them. */
  readonly cut: { readonly cases: number; readonly ids: number }
  /** Classes of fewer than two cases, which can't be learned and measured both. */
  readonly rare: readonly string[]
}

const TEST_SHARE = 0.2
const VALIDATION_SHARE = 0.2
/**
 * Vectors and terms are of length 1: weights of tens are nothing unusual. The strongest first: the next begins where it ended, and where
 * so many in a row are no better than the best, weaker ones are not tried.
 */
const PENALTIES: readonly Penalty[] = [
  { vectors: 10, terms: 3 },
  { vectors: 1, terms: 1 },
  { vectors: 1, terms: 0.2 },
  { vectors: 0.1, terms: 0.2 },
  { vectors: 0.03, terms: 0.05 },
  { vectors: 0.01, terms: 0.02 },
]
const WORSE_MAX = 2

/**
 * Learns on the older cases, chooses on the newer of them, calibrates there too, and measures on the newest; what is kept is learned
 * once more on all of them. A label of −1 is none of the classes: such a case is told and not learned from. Throws `DatasetError` for labels that nothing can be learned from.
 */
export async function trainOnText(
  cases: Cases,
  labels: Int32Array,
  names: readonly string[],
  options: TextTrainingOptions,
): Promise<TextTraining> {
  const products = await openDenseProducts()
  try {
    return await trainWith(products, cases, labels, names, options)
  } finally {
    await products.close()
  }
}

async function trainWith(
  products: DenseProducts,
  cases: Cases,
  labels: Int32Array,
  names: readonly string[],
  options: TextTrainingOptions,
): Promise<TextTraining> {
  const { encoder, seed, progress = () => {} } = options
  if (names.length < 2)
    throw new DatasetError(
      `All ${labels.length} cases are ${JSON.stringify(names[0] ?? '')}: with a single class there is nothing to tell apart.`,
    )
  const texts = cases.cases.map(textOf)
  const { times } = cases
  const { train, test } = options.split ?? honestSplit({ times, count: labels.length }, TEST_SHARE, seed)
  const inner = honestSplit(
    { times: Float64Array.from(train, (one) => times[one]!), count: train.length },
    VALIDATION_SHARE,
    seed,
  )
  const [learning, validation] = [inner.train, inner.test].map((rows) => rows.map((row) => train[row]!))
  const readOf = new Map<Int32Array, ReadTerms>()
  const encoded = new Map<Strategy, CaseVectors | undefined>()
  let cut = { cases: 0, ids: 0 }
  const strategies = encoder === undefined ? options.strategies.slice(0, 1) : options.strategies
  const looksAtTerms = options.withTerms === 'if-better' ? [true, false] : [options.withTerms]
  const steps = strategies.length * (1 + looksAtTerms.length * PENALTIES.length) + 4
  let done = 0
  const tried: Fit[] = []
  for (const strategy of strategies) {
    const read =
      encoder === undefined
        ? undefined
        : await encodeCases(encoder, cases.cases, strategy, (share) => progress(done + share, steps))
    encoded.set(strategy, read?.vectors)
    cut = read?.cut ?? cut
    progress(++done, steps)
    for (const withTerms of looksAtTerms)
      tried.push(...(await fits(strategy, read?.vectors, withTerms, (loss) => progress(++done, steps, loss))))
  }
  const best = bestOf(tried)
  const vectors = encoded.get(best.strategy)
  const measured = await fit(chosen(train, vectors, best.withTerms), fitOptions(best, vectors), best.parameters)
  progress(++done, steps)
  const probabilities = probabilitiesOf(logitsFor(measured, test, vectors), names.length, best.temperature)
  const byTerms = options.byTerms ?? (encoder === undefined && best.withTerms ? probabilities : await termsAlone())
  progress((done += 2), steps)
  const parameters =
    options.measureOnly === true
      ? measured
      : await fit(
          chosen(
            Int32Array.from(labels.keys()).filter((row) => labels[row] !== -1),
            vectors,
            best.withTerms,
          ),
          fitOptions(best, vectors),
          measured,
        )
  progress(steps, steps)
  return {
    parameters: { ...parameters, temperature: best.temperature },
    metrics: measuredOn(probabilities),
    baselines: { terms: measuredOn(byTerms), majority: measuredOn(majority()) },
    advantage: advantageOver(byTerms),
    tried: tried.map(({ strategy, withTerms, penalty, logLoss }) => ({ strategy, withTerms, penalty, logLoss })),
    trainCases: train.length,
    testCases: test.length,
    probabilities,
    byTerms,
    split:
      options.split !== undefined
        ? 'as it was given'
        : times.every(Number.isNaN)
          ? `a fifth of the cases drawn at random (seed ${seed})`
          : 'the newest fifth of the cases',
    cut,
    rare: rareClasses(labels, names),
  }

  function fit(of: LabelledTexts, how: TextFitOptions, before?: TextModelParameters): Promise<TextModelParameters> {
    return products.answer(fittingTextModel(of, how, before))
  }

  function labelsOf(rows: Int32Array): Int32Array {
    return rows.map((row) => labels[row]!)
  }

  function chosen(rows: Int32Array, all: CaseVectors | undefined, withTerms: boolean): LabelledTexts {
    return {
      terms: withTerms ? termsOfRows(rows) : undefined,
      vectors: all === undefined ? undefined : chosenVectors(all, rows),
      labels: labelsOf(rows),
      names,
    }
  }

  /** The same rows are read once, however often they are learned from. */
  function termsOfRows(rows: Int32Array): ReadTerms {
    const read =
      readOf.get(rows) ??
      readTerms(
        Array.from(rows, (row) => texts[row]!),
        options.termsMax,
      )
    readOf.set(rows, read)
    return read
  }

  function fitOptions({ strategy, penalty }: Pick<Fit, 'strategy' | 'penalty'>, read?: CaseVectors): TextFitOptions {
    const { classWeights } = options
    const { id = null, windowMax = 0 } = (read === undefined ? undefined : encoder) ?? {}
    return { strategy, penalty, classWeights, backbone: id, windowMax }
  }

  function logitsFor(parameters: TextModelParameters, rows: Int32Array, all: CaseVectors | undefined): Float64Array {
    const read = all === undefined ? undefined : chosenVectors(all, rows)
    return openTextModel(parameters).logits(
      Array.from(rows, (row) => texts[row]!),
      read,
    )
  }

  function measuredOn(said: Float64Array): TextMetrics {
    return textMetrics(labelsOf(test), said, names.length, seed)
  }

  function advantageOver(others: Float64Array): Interval {
    const of = labelsOf(test)
    const [own, other] = [answersOf(probabilities, names.length), answersOf(others, names.length)]
    const gains = of.map((label, row) => Number(own[row] === label) - Number(other[row] === label))
    return bootstrapInterval(of.length, (rows) => rows.reduce((sum, row) => sum + gains[row]!, 0) / rows.length, { seed })
  }

  /** What a model without a backbone says, trained in the same way. */
  async function termsAlone(): Promise<Float64Array> {
    const best = bestOf(await fits('newest', undefined, true, () => {}))
    const model = await fit(chosen(train, undefined, true), fitOptions(best), best.parameters)
    return probabilitiesOf(logitsFor(model, test, undefined), names.length, best.temperature)
  }

  /** Fits under weaker and weaker penalties. */
  async function fits(
    strategy: Strategy,
    read: CaseVectors | undefined,
    withTerms: boolean,
    told: (loss: number) => void,
  ): Promise<Fit[]> {
    const found: Fit[] = []
    let fitted: TextModelParameters | undefined
    for (const penalty of PENALTIES) {
      // A penalty that differs only in what is not looked at is the same one.
      if (
        found.some(
          (one) =>
            (!withTerms || one.penalty.terms === penalty.terms) &&
            (read === undefined || one.penalty.vectors === penalty.vectors),
        )
      )
        continue
      fitted = await fit(chosen(learning!, read, withTerms), fitOptions({ strategy, penalty }, read), fitted)
      const judged = logitsFor(fitted, validation!, read)
      const of = labelsOf(validation!)
      const temperature = fitTemperature(judged, of, names.length)
      const logLoss = mean(rowLosses(of, probabilitiesOf(judged, names.length, temperature), names.length))
      found.push({ strategy, withTerms, penalty, logLoss, temperature, parameters: fitted })
      told(logLoss)
      if (found.length - 1 - found.indexOf(bestOf(found)) >= WORSE_MAX) break
    }
    return found
  }

  /** The shares of the classes among the training cases, always. */
  function majority(): Float64Array {
    const shares = new Float64Array(names.length)
    for (const label of labelsOf(train)) shares[label]! += 1 / train.length
    const said = new Float64Array(test.length * names.length)
    for (let row = 0; row < test.length; row++) said.set(shares, row * names.length)
    return said
  }
}

/** The one that loses least. */
function bestOf(fits: readonly Fit[]): Fit {
  return fits.reduce((one, other) => (other.logLoss < one.logLoss ? other : one))
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The vectors of those cases alone. */
function chosenVectors({ starts, dimension, vectors, ages, gaps }: CaseVectors, rows: Int32Array): CaseVectors {
  const counts = rows.map((row) => starts[row + 1]! - starts[row]!)
  const chosenStarts = new Int32Array(rows.length + 1)
  counts.forEach((count, place) => (chosenStarts[place + 1] = chosenStarts[place]! + count))
  const total = chosenStarts[rows.length]!
  const picked = { vectors: new Float32Array(total * dimension), ages: new Float32Array(total), gaps: new Float32Array(total) }
  rows.forEach((row, place) => {
    const [from, to, at] = [starts[row]!, starts[row + 1]!, chosenStarts[place]!]
    picked.vectors.set(vectors.subarray(from * dimension, to * dimension), at * dimension)
    picked.ages.set(ages.subarray(from, to), at)
    picked.gaps.set(gaps.subarray(from, to), at)
  })
  return { starts: chosenStarts, dimension, ...picked }
}
