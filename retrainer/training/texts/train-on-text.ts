import { classShares } from '../../../models/evaluation/classes-evaluation.ts'
import type { Interval } from '../../../models/evaluation/bootstrap.ts'
import { textOf } from '../../../models/text/text-case.ts'
import type { SentenceEncoder } from '../../../models/text/sentence-encoder.ts'
import {
  calibratedProbabilities,
  guardedCalibration,
  type TextCalibration,
} from '../../../models/text/guarded-calibration.ts'
import { probabilitiesOf, type Penalty } from '../../../models/text/softmax-head.ts'
import type { TextMetrics } from '../../../models/text/text-metrics.ts'
import type { TextModelParameters } from '../../../models/text/text-model.ts'
import type { Strategy } from '../../../models/text/windows.ts'
import { openDenseProducts } from '../../../runtimes/dense-products.ts'
import { encodeCases } from '../../../runtimes/text/encode-cases.ts'
import { bestOf, sweepPenalties, type TextCandidate } from './sweep-penalties.ts'
import type { Cases } from './text-cases.ts'
import { createTextFitter, type TextFitter } from './text-fitter.ts'
import { rareClasses } from './text-labels.ts'
import { createTextReport, majorityBaseline } from './text-report.ts'
import {
  learningSplits,
  splitInWords,
  splitTexts,
  type LearningSplit,
  type TextSplit,
  type TextSplitOptions,
} from './text-split.ts'
import { requireTwoClasses } from './text-validation.ts'

export interface TextTrainingOptions {
  /** `undefined`: terms alone. */
  readonly encoder: SentenceEncoder | undefined
  /** The best of them on the validation rows is taken. */
  readonly strategies: readonly Strategy[]
  /** Whether terms are used beside the backbone; `if-better`: where the validation rows say so. */
  readonly withTerms: boolean | 'if-better'
  readonly classWeights: 'none' | 'balanced'
  readonly seed: number
  /** Training and test rows, unless the newest fifth is the test. */
  readonly split?: TextSplitOptions['split']
  /** Nothing is learned from the test cases in the end: `parameters` are those that were measured. */
  readonly measureOnly?: boolean
  /** Terms that are known at most, where it is not the usual number. */
  readonly termsMax?: number
  /** Tried, the strongest first; not given: all. */
  readonly penalties?: readonly Penalty[]
  /** Predictions of terms alone for the test cases, where they are known already. */
  readonly baselineProbabilities?: Float64Array
  readonly progress?: (done: number, of: number, metric?: number) => void
}

/** Words and letters, and nothing that reads them. */
export const TERMS_ALONE = {
  encoder: undefined,
  strategies: ['newest'],
  withTerms: true,
  classWeights: 'none',
} as const

/** Probabilities of cases that a model had not seen: [cases × classes]. */
export interface HeldAnswers {
  readonly labels: Int32Array
  readonly probabilities: Float64Array
}

/** A way that was tried, with its log loss on the validation rows. */
export interface TriedText {
  readonly strategy: Strategy
  readonly withTerms: boolean
  readonly penalty: Penalty
  readonly logLoss: number
}

export interface TextTraining {
  readonly parameters: TextModelParameters
  readonly metrics: TextMetrics
  /** Metrics of the baselines: terms alone, trained in the same way, and always predicting the class shares. */
  readonly baselines: { readonly terms: TextMetrics; readonly majority: TextMetrics }
  /** Accuracy minus that of the terms alone, on the same cases, drawn together. */
  readonly advantage: Interval
  readonly tried: readonly TriedText[]
  readonly trainCases: number
  readonly testCases: number
  readonly trainRows: Int32Array
  readonly testRows: Int32Array
  /**
   * Predictions for the test cases; those of the model to use, which has learned from them, to check what is written;
   * and those of terms alone: [test cases × classes].
   */
  readonly probabilities: Float64Array
  readonly finalProbabilities: Float64Array
  readonly baselineProbabilities: Float64Array
  /**
   * Of both, what they give for training cases that they had not seen, with the labels of these. Of a baseline that was
   * given, those of the model.
   */
  readonly held: HeldAnswers
  readonly baselineHeld: HeldAnswers
  readonly split: string
  /** Cases that were longer than what the strategy reads of them. */
  readonly cut: { readonly cases: number; readonly ids: number }
  /** Cases by the script that they are written in, if the backbone has hardly any words of it. */
  readonly unread: ReadonlyMap<string, number>
  /** Classes of fewer than two cases, which can't be learned and measured both. */
  readonly rare: readonly string[]
}

/**
 * Learns on the older cases, chooses on the newer of them, calibrates there too, and measures on the newest; what is
 * kept is learned once more on all of them. A label of −1 is none of the classes: a prediction is made for such a case,
 * and nothing is learned from it. Throws `DatasetError` for labels that nothing can be learned from.
 */
export async function trainOnText(
  cases: Cases,
  labels: Int32Array,
  names: readonly string[],
  options: TextTrainingOptions,
): Promise<TextTraining> {
  requireTwoClasses(labels, names)
  const products = await openDenseProducts()
  try {
    return await trainWith(createTextFitter(products, cases.cases.map(textOf), labels, names, options), cases, options)
  } finally {
    await products.close()
  }
}

async function trainWith(fitter: TextFitter, cases: Cases, options: TextTrainingOptions): Promise<TextTraining> {
  const { seed } = options
  const classes = fitter.names.length
  const split = splitTexts(cases.times, seed, options)
  const splits = splitsOf(split, fitter, cases, options)
  const progress = createProgress(options, classes, splits.length)
  const { candidates, cut, unread } = await fitStrategies(fitter, splits, cases, options, progress)
  const best = bestOf(candidates)
  const calibration =
    options.encoder === undefined
      ? { temperature: best.temperature }
      : calibrationOf(best, fitter.labelsOf(split.train), classes, splits.length > 1)
  const measured = await fitter.fit(split.train, best, best.parameters)
  progress.fitted()
  const probabilities = calibratedProbabilities(fitter.logits(measured, split.test, best.vectors), classes, calibration)
  const isTermsAlone = options.encoder === undefined && best.withTerms
  const held = heldAnswers(best, classes, calibration)
  const baseline = isTermsAlone
    ? { probabilities, held }
    : options.baselineProbabilities === undefined
      ? await baselineOfTerms(fitter, split)
      : { probabilities: options.baselineProbabilities, held }
  const baselineProbabilities = baseline.probabilities
  for (let fit = 0; fit < PENALTIES_USUAL; fit++) progress.fitted()
  const parameters =
    options.measureOnly === true ? measured : await fitter.fit(labelledRows(fitter.labels), best, measured)
  const finalProbabilities =
    parameters === measured
      ? probabilities
      : calibratedProbabilities(fitter.logits(parameters, split.test, best.vectors), classes, calibration)
  progress.finish()
  const report = createTextReport(fitter.labelsOf(split.test), classes, seed)
  const majority = majorityBaseline(fitter.labelsOf(split.train), split.test.length, classes)
  return {
    parameters: { ...parameters, ...calibration },
    metrics: report.metrics(probabilities),
    baselines: { terms: report.metrics(baselineProbabilities), majority: report.metrics(majority) },
    advantage: report.advantage(probabilities, baselineProbabilities),
    tried: candidates.map(({ strategy, withTerms, penalty, logLoss }) => ({ strategy, withTerms, penalty, logLoss })),
    trainCases: split.train.length,
    testCases: split.test.length,
    trainRows: split.train,
    testRows: split.test,
    probabilities,
    finalProbabilities,
    baselineProbabilities,
    held,
    baselineHeld: baseline.held,
    split: splitInWords(cases.times, seed, options.split),
    cut,
    unread,
    rare: rareClasses(fitter.labels, fitter.names),
  }
}

/** Terms that are weighed against something else are chosen quickly, and not calibrated. */
function splitsOf(
  split: TextSplit,
  { labels }: TextFitter,
  { times }: Cases,
  { encoder, seed, split: given }: TextTrainingOptions,
): readonly LearningSplit[] {
  return encoder === undefined ? [split] : learningSplits(split, times, labels, seed, given?.validation !== undefined)
}

/** Of few cases no worse than the base rate, of many by temperature alone. */
function calibrationOf(
  { heldLogits, heldLabels, temperature, logLoss }: TextCandidate,
  labels: Int32Array,
  classes: number,
  areFew: boolean,
): TextCalibration {
  const shares = classShares(labels, classes)
  const ofBase = heldLabels.reduce((sum, label) => sum - Math.log(Math.max(shares[label]!, 1e-15)), 0)
  if (!areFew && logLoss < ofBase / heldLabels.length) return { temperature }
  return guardedCalibration(heldLogits, heldLabels, shares)
}

/** Encodes all cases by each strategy and fits on them, with terms and without where that is open. */
async function fitStrategies(
  fitter: TextFitter,
  splits: readonly LearningSplit[],
  { cases }: Cases,
  options: TextTrainingOptions,
  progress: Progress,
): Promise<{ readonly candidates: readonly TextCandidate[] } & Pick<TextTraining, 'cut' | 'unread'>> {
  const { encoder } = options
  const candidates: TextCandidate[] = []
  let read: Pick<TextTraining, 'cut' | 'unread'> = { cut: { cases: 0, ids: 0 }, unread: new Map() }
  for (const strategy of strategiesOf(options)) {
    const encoding = encoder === undefined ? undefined : await encodeCases(encoder, cases, strategy, progress.encoded)
    read = encoding ?? read
    for (const withTerms of termChoices(options)) {
      const inputs = { strategy, withTerms, vectors: encoding?.vectors }
      candidates.push(...(await sweepPenalties(fitter, splits, inputs, progress.tried, options.penalties)))
      progress.swept()
    }
  }
  return { candidates, cut: read.cut, unread: read.unread }
}

/** Predictions of a model without a backbone for the test cases, trained in the same way. */
async function baselineOfTerms(
  fitter: TextFitter,
  split: TextSplit,
): Promise<{ readonly probabilities: Float64Array; readonly held: HeldAnswers }> {
  const best = bestOf(
    await sweepPenalties(fitter, [split], { strategy: 'newest', withTerms: true, vectors: undefined }),
  )
  const model = await fitter.fit(split.train, best, best.parameters)
  const classes = fitter.names.length
  return {
    probabilities: probabilitiesOf(fitter.logits(model, split.test, undefined), classes, best.temperature),
    held: heldAnswers(best, classes, best),
  }
}

function heldAnswers(
  { heldLogits, heldLabels }: TextCandidate,
  classes: number,
  calibration: TextCalibration,
): HeldAnswers {
  return { labels: heldLabels, probabilities: calibratedProbabilities(heldLogits, classes, calibration) }
}

function labelledRows(labels: Int32Array): Int32Array {
  return Int32Array.from(labels.keys()).filter((row) => labels[row] !== -1)
}

/** Without a backbone strategies do not differ. */
function strategiesOf({ encoder, strategies }: TextTrainingOptions): readonly Strategy[] {
  return encoder === undefined ? strategies.slice(0, 1) : strategies
}

function termChoices({ withTerms }: TextTrainingOptions): readonly boolean[] {
  return withTerms === 'if-better' ? [true, false] : [withTerms]
}

interface Progress {
  /** Of the windows of a strategy. */
  encoded(share: number): void
  /** A penalty was tried. */
  tried(metric: number): void
  /** All of a strategy, with or without terms, were. */
  swept(): void
  fitted(): void
  finish(): void
}

/** How long the parts take beside one another: to encode a case, and to fit it, once and once a class. */
const ENCODED = 8
const FITTED = 0.25
const FITTED_CLASS = 0.035
/** Penalties that are tried until weaker ones are no better. */
const PENALTIES_USUAL = 5
/** The baseline's penalties, the measured fit and the final one. */
const FITS_AFTER = PENALTIES_USUAL + 2

/** By the time that passes, as far as it can be known before. */
function createProgress(options: TextTrainingOptions, classes: number, splits: number): Progress {
  const { encoder, progress: report = () => {} } = options
  const [strategies, choices] = [strategiesOf(options).length, termChoices(options).length]
  const toEncode = encoder === undefined ? 0 : ENCODED
  const toFit = FITTED + FITTED_CLASS * classes
  const sweep = PENALTIES_USUAL * splits * toFit
  const total = strategies * (toEncode + choices * sweep) + FITS_AFTER * toFit
  let [before, within] = [0, 0]
  const tell = (metric?: number) => report(Math.min(before + within, total), total, metric)
  return {
    encoded(share) {
      within = toEncode * share
      tell()
      if (share >= 1) [before, within] = [before + toEncode, 0]
    },
    tried(metric) {
      within = Math.min(sweep, within + splits * toFit)
      tell(metric)
    },
    swept() {
      ;[before, within] = [before + sweep, 0]
    },
    fitted() {
      before += toFit
      tell()
    },
    finish: () => report(total, total),
  }
}
