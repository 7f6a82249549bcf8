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
  describeSplit,
  splitTexts,
  type LearningSplit,
  type TextSplit,
  type TextSplitOptions,
} from './text-split.ts'
import { requireTwoClasses } from './text-validation.ts'

export interface TextTrainingOptions {
  /** The backbone; `undefined` for terms alone. */
  readonly encoder: SentenceEncoder | undefined
  /** Strategies to compare on the validation rows, of which the best is used. */
  readonly strategies: readonly Strategy[]
  /** Whether to use terms beside the backbone; `if-better` decides it on the validation rows. */
  readonly withTerms: boolean | 'if-better'
  readonly classWeights: 'none' | 'balanced'
  readonly seed: number
  /** Training and test rows, unless the newest fifth is the test. */
  readonly split?: TextSplitOptions['split']
  /** Whether only to measure: `parameters` are then the measured ones, not retrained on the test cases. */
  readonly measureOnly?: boolean
  /** Maximum number of terms, if not the default. */
  readonly termsMax?: number
  /** Penalties to try, strongest first; all if not given. */
  readonly penalties?: readonly Penalty[]
  /** Test predictions of terms alone, if already known. */
  readonly baselineProbabilities?: Float64Array
  readonly progress?: (done: number, of: number, metric?: number) => void
}

/** Options for a linear model of terms (words and letters) without a backbone. */
export const TERMS_ALONE = {
  encoder: undefined,
  strategies: ['newest'],
  withTerms: true,
  classWeights: 'none',
} as const

/** Out-of-sample predictions: [cases × classes]. */
export interface HeldOutPredictions {
  readonly labels: Int32Array
  readonly probabilities: Float64Array
}

/** A combination that was tried, with its log loss on the validation rows. */
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
  /** Accuracy minus that of terms alone, from a paired bootstrap on the same cases. */
  readonly advantage: Interval
  readonly tried: readonly TriedText[]
  readonly trainCases: number
  readonly testCases: number
  readonly trainRows: Int32Array
  readonly testRows: Int32Array
  /**
   * Test predictions of the measured model, of the final model, which has learned from the test cases, to verify what
   * is written, and of terms alone: [test cases × classes].
   */
  readonly probabilities: Float64Array
  readonly finalProbabilities: Float64Array
  readonly baselineProbabilities: Float64Array
  /**
   * Out-of-sample predictions of the model and of terms alone for training cases, with their labels. If the baseline
   * was given, `baselineHeld` is that of the model.
   */
  readonly held: HeldOutPredictions
  readonly baselineHeld: HeldOutPredictions
  readonly split: string
  /** Cases longer than what the strategy reads, and the number of pieces left out. */
  readonly truncated: { readonly cases: number; readonly ids: number }
  /** Number of cases by script, for scripts of which the backbone knows hardly any words. */
  readonly unsupportedScripts: ReadonlyMap<string, number>
  /** Classes with fewer than two cases, which can't be both learned and measured. */
  readonly rare: readonly string[]
}

/**
 * Trains on the older cases, selects and calibrates on the newer of them, and measures on the newest; the final model
 * is trained on all cases. Cases with the label −1 belong to none of the classes: they are predicted but not learned
 * from. Throws `DatasetError` for labels that nothing can be learned from.
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
  const { candidates, truncated, unsupportedScripts } = await fitStrategies(fitter, splits, cases, options, progress)
  const best = bestOf(candidates)
  const calibration =
    options.encoder === undefined
      ? { temperature: best.temperature }
      : calibrationOf(best, fitter.labelsOf(split.train), classes, splits.length > 1)
  const measured = await fitter.fit(split.train, best, best.parameters)
  progress.fitted()
  const probabilities = calibratedProbabilities(fitter.logits(measured, split.test, best.vectors), classes, calibration)
  const isTermsAlone = options.encoder === undefined && best.withTerms
  const held = heldOutPredictions(best, classes, calibration)
  const baseline = isTermsAlone
    ? { probabilities, held }
    : options.baselineProbabilities === undefined
      ? await baselineOfTerms(fitter, split)
      : { probabilities: options.baselineProbabilities, held }
  const baselineProbabilities = baseline.probabilities
  for (let fit = 0; fit < PENALTIES_USUAL; fit++) progress.fitted()
  const parameters =
    options.measureOnly === true ? measured : await fitter.fit(labelledIndices(fitter.labels), best, measured)
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
    split: describeSplit(cases.times, seed, options.split),
    truncated,
    unsupportedScripts,
    rare: rareClasses(fitter.labels, fitter.names),
  }
}

/**
 * Returns the splits for model selection. Terms alone are compared or blended with another model, so a single split
 * suffices.
 */
function splitsOf(
  split: TextSplit,
  { labels }: TextFitter,
  { times }: Cases,
  { encoder, seed, split: given }: TextTrainingOptions,
): readonly LearningSplit[] {
  return encoder === undefined ? [split] : learningSplits(split, times, labels, seed, given?.validation !== undefined)
}

/**
 * Calibrates by temperature alone if there are many cases and the model beats the base rate, and otherwise so that it
 * is no worse than the base rate.
 */
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

/** Encodes all cases by each strategy and fits them, with and without terms if that is open. */
async function fitStrategies(
  fitter: TextFitter,
  splits: readonly LearningSplit[],
  { cases }: Cases,
  options: TextTrainingOptions,
  progress: Progress,
): Promise<{ readonly candidates: readonly TextCandidate[] } & Pick<TextTraining, 'truncated' | 'unsupportedScripts'>> {
  const { encoder } = options
  const candidates: TextCandidate[] = []
  let read: Pick<TextTraining, 'truncated' | 'unsupportedScripts'> = {
    truncated: { cases: 0, ids: 0 },
    unsupportedScripts: new Map(),
  }
  for (const strategy of strategiesOf(options)) {
    const encoding = encoder === undefined ? undefined : await encodeCases(encoder, cases, strategy, progress.encoded)
    read = encoding ?? read
    for (const withTerms of termChoices(options)) {
      const inputs = { strategy, withTerms, vectors: encoding?.vectors }
      candidates.push(...(await sweepPenalties(fitter, splits, inputs, progress.tried, options.penalties)))
      progress.swept()
    }
  }
  return { candidates, truncated: read.truncated, unsupportedScripts: read.unsupportedScripts }
}

/** Trains terms alone in the same way, and returns their predictions. */
async function baselineOfTerms(
  fitter: TextFitter,
  split: TextSplit,
): Promise<{ readonly probabilities: Float64Array; readonly held: HeldOutPredictions }> {
  const best = bestOf(
    await sweepPenalties(fitter, [split], { strategy: 'newest', withTerms: true, vectors: undefined }),
  )
  const model = await fitter.fit(split.train, best, best.parameters)
  const classes = fitter.names.length
  return {
    probabilities: probabilitiesOf(fitter.logits(model, split.test, undefined), classes, best.temperature),
    held: heldOutPredictions(best, classes, best),
  }
}

function heldOutPredictions(
  { heldLogits, heldLabels }: TextCandidate,
  classes: number,
  calibration: TextCalibration,
): HeldOutPredictions {
  return { labels: heldLabels, probabilities: calibratedProbabilities(heldLogits, classes, calibration) }
}

function labelledIndices(labels: Int32Array): Int32Array {
  return Int32Array.from(labels.keys()).filter((row) => labels[row] !== -1)
}

/** Returns the strategies to try. Without a backbone they do not differ. */
function strategiesOf({ encoder, strategies }: TextTrainingOptions): readonly Strategy[] {
  return encoder === undefined ? strategies.slice(0, 1) : strategies
}

function termChoices({ withTerms }: TextTrainingOptions): readonly boolean[] {
  return withTerms === 'if-better' ? [true, false] : [withTerms]
}

interface Progress {
  /** Share of a strategy's windows that are encoded. */
  encoded(share: number): void
  /** Called when a penalty was tried. */
  tried(metric: number): void
  /** Called when all penalties of a strategy, with or without terms, were tried. */
  swept(): void
  fitted(): void
  finish(): void
}

/** Relative durations: encoding a case, and fitting it, once and per class. */
const ENCODED = 8
const FITTED = 0.25
const FITTED_CLASS = 0.035
/** Typical number of penalties tried before the sweep stops. */
const PENALTIES_USUAL = 5
/** Fits after the sweep: the baseline's penalties, the measured model and the final one. */
const FITS_AFTER = PENALTIES_USUAL + 2

/** Creates a progress that estimates elapsed time. */
function createProgress(options: TextTrainingOptions, classes: number, splits: number): Progress {
  const { encoder, progress: report = () => {} } = options
  const [strategies, choices] = [strategiesOf(options).length, termChoices(options).length]
  const toEncode = encoder === undefined ? 0 : ENCODED
  const toFit = FITTED + FITTED_CLASS * classes
  const sweep = PENALTIES_USUAL * splits * toFit
  const total = strategies * (toEncode + choices * sweep) + FITS_AFTER * toFit
  let [before, within] = [0, 0]
  const emitProgress = (metric?: number) => report(Math.min(before + within, total), total, metric)
  return {
    encoded(share) {
      within = toEncode * share
      emitProgress()
      if (share >= 1) [before, within] = [before + toEncode, 0]
    },
    tried(metric) {
      within = Math.min(sweep, within + splits * toFit)
      emitProgress(metric)
    },
    swept() {
      ;[before, within] = [before + sweep, 0]
    },
    fitted() {
      before += toFit
      emitProgress()
    },
    finish: () => report(total, total),
  }
}
