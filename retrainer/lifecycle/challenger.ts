import type { DescribedFeatures } from '../../features/feature-set.ts'
import { encodeArtefact } from '../../models/artefact.ts'
import { calibratedScorer } from '../../models/evaluation/calibrated.ts'
import type { Calibrator } from '../../models/evaluation/calibration.ts'
import {
  bootstrapDifference,
  bootstrapInterval,
  type BootstrapOptions,
  type Interval,
} from '../../models/evaluation/bootstrap.ts'
import { clustersOf } from '../../models/evaluation/clusters.ts'
import { logLoss, metricsOf, rootMeanSquaredError } from '../../models/evaluation/metrics.ts'
import { applyPlatt, fitPlatt } from '../../models/evaluation/platt.ts'
import { selectionReport } from '../../models/evaluation/selection-report.ts'
import { sigmoid } from '../../models/linear/penalised-logistic.ts'
import type { Artefact, Dataset, Model, ScoringAlgorithm } from '../../models/model.ts'
import type { ScoringRuntimes } from '../../models/scoring-runtimes.ts'
import { chosenFeatures } from '../../models/selection/chosen-features.ts'
import { withPurgeGap } from '../../models/purge-gap.ts'
import { chosenRows, temporalHoldout } from '../../models/split.ts'
import { defaultGate } from '../../processors/models/release-gate-setting.ts'
import type { Hyperparameters, TrainingAids } from '../training/learner.ts'
import { learnerNamed } from '../training/learners.ts'
import { outOfFoldCalibration } from '../training/tables/out-of-fold-calibration.ts'
import { decideGate, referenceSays, type Gate, type GateMeasures, type ReferenceLoss } from './gate/decide.ts'
import { worstGroup } from './gate/group-rise.ts'
import { NEWEST_SHARE } from './newest-share.ts'
import { scored } from './scored.ts'
import { searchSettings, type SearchOptions, type TriedSettings } from './search-settings.ts'

/** The gate of tasks for which nobody has set one. */
export const builtInGate: Gate = { version: 0, rules: defaultGate }

export interface ChallengerOptions {
  readonly task: string
  readonly algorithm: string
  readonly featureSet: string
  readonly seed: number
  /** Indices of the features to learn from; all if not given. */
  readonly chosen?: Int32Array | undefined
  readonly calibrate?: Calibrator['method'] | undefined
  /** Time that labels need to become known, ms: see `withPurgeGap`. */
  readonly purgeGapMs?: number
  /** The current champion, if it scores the same features. */
  readonly champion?: Model
  /** The rules for its release; the built-in ones by default. */
  readonly gate?: Gate | undefined
  /** Descriptions of the features, which name the protected ones; without them no groups are compared. */
  readonly features?: Pick<DescribedFeatures, 'descriptions'> | undefined
  readonly progress?: (done: number, of: number, metric?: number) => void
  /** Hyperparameters of the algorithm. */
  readonly settings?: Hyperparameters | undefined
  /** If given, the settings are chosen by a small search on the training rows. */
  readonly search?: Pick<SearchOptions, 'championSettings' | 'timeMaxMs'> | undefined
  readonly aids?: TrainingAids | undefined
  /** Runtimes for models that can't be scored without them. */
  readonly runtimes?: ScoringRuntimes | undefined
}

/** Quality of a model on the newest rows, and whether it should replace the champion. */
export interface ChallengerEvaluation {
  /** Metrics on the newest rows. */
  readonly metrics: Readonly<Record<string, number>>
  /** The same metrics for a constant prediction, the mean of the training labels, or for the calibrated formula. */
  readonly baseline: Readonly<Record<string, number>>
  /**
   * Loss of the challenger minus that of the champion, or of the baseline if there is no champion; negative is better.
   */
  readonly difference: Interval
  /** `formula` is the calibrated rule used while there is no model. */
  readonly against: 'champion' | 'formula' | 'baseline'
  /** What the gate decides on, without what the current subjects show. */
  readonly measures: Omit<GateMeasures, 'outcomes'>
  /** Whether these measures pass the gate. */
  readonly promote: boolean
  readonly reason: string
}

export interface Challenger extends ChallengerEvaluation {
  readonly artefact: Uint8Array
  readonly trainedRows: number
  readonly newestRows: number
  /** Event time of the first of the newest rows, ms. */
  readonly newestFrom: number
  /** Time before it without training rows, ms. */
  readonly purgeGapMs: number
  /** The settings that a search chose, and all that it tried, best first. */
  readonly settings?: Hyperparameters | undefined
  readonly tried?: readonly TriedSettings[]
  /** Labels of the newest rows with their customers, and the challenger's scores for them. */
  readonly scored: WeightedLabels & Pick<Dataset, 'customers'> & { readonly scores: Float64Array }
}

/** Trains on the older rows, before a gap, measures on the newest, and compares with the champion. */
export async function trainChallenger(data: Dataset, options: ChallengerOptions): Promise<Challenger> {
  const learner = learnerNamed(options.algorithm)
  const { algorithm, train: learn } = learner
  if (data.weights !== undefined && algorithm.weighsRows !== true)
    throw new Error(`${algorithm.name} can’t let rows of ${options.task} count by their propensity: use logistic.`)
  const holdout = temporalHoldout(data, NEWEST_SHARE, options.seed)
  const { train, test, gapMs: purgeGapMs } = withPurgeGap(holdout, data, options.purgeGapMs ?? 0)
  const older = chosenRows(data, train)
  const newest = chosenRows(data, test)
  const selected = (rows: Dataset) => (options.chosen === undefined ? rows : chosenFeatures(rows, options.chosen))
  const tried =
    options.search === undefined
      ? []
      : await searchSettings(learner, selected(older), { ...options, ...options.search })
  const settings = tried[0]?.settings ?? options.settings
  const parameters = await learn(selected(older), options.seed, options.progress, settings, options.aids)
  const calibration =
    options.calibrate === undefined
      ? undefined
      : await outOfFoldCalibration(learner, selected(older), options.calibrate, { ...options, settings })
  const artefact: Artefact = {
    task: options.task,
    algorithm: algorithm.name,
    featureSet: options.featureSet,
    featureNames: data.featureNames,
    ...(options.chosen === undefined ? {} : { chosen: [...options.chosen] }),
    parameters,
    calibration,
  }
  const uncalibrated = algorithm.scorer(parameters, options.runtimes)
  const score = calibration === undefined ? uncalibrated : calibratedScorer(uncalibrated, calibration)
  const startedAt = performance.now()
  const scores = await scored(score, selected(newest))
  const rowMs = (performance.now() - startedAt) / newest.count
  const evaluation = await evaluateChallenger(algorithm.kind, { older, newest, scores, rowMs }, options)
  return {
    artefact: encodeArtefact(artefact),
    ...evaluation,
    trainedRows: older.count,
    newestRows: newest.count,
    newestFrom: newest.times[0]!,
    purgeGapMs,
    ...(tried.length === 0 ? {} : { settings, tried }),
    scored: { labels: newest.labels, weights: newest.weights, customers: newest.customers, scores },
  }
}

/** Returns how much more loss another challenger has than this one on the same newest rows, with an interval. */
export function candidateLossDifference(
  kind: Kind,
  { scored: own }: Pick<Challenger, 'scored'>,
  { scored: other }: Pick<Challenger, 'scored'>,
  seed: number,
): Interval {
  return lossDifference(kind, own, other.scores, own.scores, pairedBootstrap(own, seed, defaultGate.confidence))
}

/** Returns whether one challenger is better than another. Significant improvements rank before point estimates. */
export function outranks(
  one: Pick<ChallengerEvaluation, 'promote' | 'difference'>,
  other: Pick<ChallengerEvaluation, 'promote' | 'difference'>,
): boolean {
  return one.promote === other.promote ? one.difference.estimate < other.difference.estimate : one.promote
}

/** Rows to evaluate a challenger on, and its scores. */
interface EvaluatedRows {
  readonly older: Dataset
  readonly newest: Dataset
  /** Its scores for the newest rows. */
  readonly scores: Float64Array
  /** Time to score a row in a batch, ms. */
  readonly rowMs: number
}

/** Evaluates a challenger by its scores on the newest rows. The baseline is the mean of the older rows. */
export async function evaluateChallenger(
  kind: Kind,
  { older, newest, scores, rowMs }: EvaluatedRows,
  {
    champion,
    seed,
    gate = builtInGate,
    features,
  }: Pick<ChallengerOptions, 'seed' | 'gate' | 'features'> & { readonly champion?: Model | undefined },
): Promise<ChallengerEvaluation> {
  const formula = formulaScores(older, newest)
  const baselineScores = formula ?? new Float64Array(newest.count).fill(weightedMean(older))
  const against = champion !== undefined ? 'champion' : formula !== undefined ? 'formula' : 'baseline'
  const others =
    champion === undefined ? baselineScores : await scored((batch, into) => champion.score(batch, into), newest)
  const { confidence, groupRowsMin } = gate.rules
  const difference = lossDifference(kind, newest, scores, others, pairedBootstrap(newest, seed, confidence))
  const metrics = metricsOf(kind, newest.labels, scores)
  const lossesOf = (given: Float64Array) => rowLosses(kind, newest.labels, given)
  const reference = referenceLoss(kind, newest, scores, others)
  const measures = {
    difference,
    against,
    labels: newest.count,
    reference,
    selection:
      newest.selections &&
      selectionReport(kind, { ...newest, ...newest.selections, scores, others }, { seed, confidence }),
    calibrationError: metrics['calibrationError'],
    worstGroup: features && worstGroup(newest, features, lossesOf(scores), lossesOf(others), groupRowsMin),
    rowMs,
  }
  return {
    metrics,
    baseline: metricsOf(kind, newest.labels, baselineScores),
    difference,
    against,
    measures,
    promote: decideGate(gate, { ...measures, outcomes: undefined }).passed,
    reason: reasonOf(lossName(kind), difference, against, newest.count, confidence) + wordsOf(reference),
  }
}

/**
 * Compares the losses on the newest rows of the reference (reject on negative impact: Nelson et al. 2008). Returns
 * `undefined` if no reference is set.
 */
function referenceLoss(
  kind: Kind,
  { referenceMask, labels }: Dataset,
  scores: Float64Array,
  others: Float64Array,
): ReferenceLoss | undefined {
  if (referenceMask === undefined) return undefined
  const ofReference = (values: Float64Array) => values.filter((_, row) => referenceMask[row] === 1)
  const known = ofReference(labels)
  const loss = lossOf(kind)
  return { rows: known.length, difference: loss(known, ofReference(scores)) - loss(known, ofReference(others)) }
}

function wordsOf(reference: ReferenceLoss | undefined): string {
  return reference === undefined ? '' : `; on the reference sources: ${referenceSays(reference)}`
}

/** Returns how two models are compared on the same rows: whole customers are resampled, if they are known. */
function pairedBootstrap(
  { customers }: Pick<Dataset, 'customers'>,
  seed: number,
  confidence: number,
): BootstrapOptions {
  const clusters = customers === undefined ? undefined : clustersOf([...customers])
  return { seed, confidence, clusters }
}

type Kind = ScoringAlgorithm<unknown>['kind']
type WeightedLabels = Pick<Dataset, 'labels' | 'weights'>

function weightedMean({ labels, weights }: WeightedLabels): number {
  if (weights === undefined) return labels.reduce((sum, label) => sum + label, 0) / labels.length
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return labels.reduce((sum, label, row) => sum + weights[row]! * label, 0) / total
}

/**
 * Returns the scores of the rule used while there is no model as probabilities, calibrated on the older rows (slope and
 * intercept).
 */
function formulaScores(older: Dataset, newest: Dataset): Float64Array | undefined {
  if (older.formulaScores === undefined || newest.formulaScores === undefined) return undefined
  // Platt's method calibrates log-odds, which undoes the sigmoid, so it sees the formula's own number.
  const calibrator = fitPlatt(older.labels, older.formulaScores.map(sigmoid), older.weights)
  return newest.formulaScores.map((score) => applyPlatt(calibrator, sigmoid(score)))
}

/** Returns the interval of the difference in loss, weighted if rows have weights. */
function lossDifference(
  kind: Kind,
  { labels, weights }: WeightedLabels,
  scores: Float64Array,
  others: Float64Array,
  options: BootstrapOptions,
): Interval {
  if (weights === undefined) return bootstrapDifference(lossOf(kind), labels, scores, others, options)
  const [own, other] = [rowLosses(kind, labels, scores), rowLosses(kind, labels, others)]
  return bootstrapInterval(
    labels.length,
    (rows) => {
      let [sum, total] = [0, 0]
      for (const row of rows) {
        sum += weights[row]! * (own[row]! - other[row]!)
        total += weights[row]!
      }
      return sum / total
    },
    options,
  )
}

function lossOf(kind: Kind): (labels: Float64Array, scores: Float64Array) => number {
  return kind === 'classification' ? logLoss : rootMeanSquaredError
}

function rowLosses(kind: Kind, labels: Float64Array, scores: Float64Array): Float64Array {
  const loss = lossOf(kind)
  return labels.map((_, row) => loss(labels.subarray(row, row + 1), scores.subarray(row, row + 1)))
}

function lossName(kind: Kind): string {
  return kind === 'classification' ? 'log loss' : 'root mean squared error'
}

/** Describes the difference in loss. `loss` is the name of the loss. */
export function reasonOf(
  loss: string,
  { estimate, lower, upper }: Interval,
  against: string,
  rows: number,
  confidence: number,
): string {
  const sign = estimate < 0 ? 'lower' : 'higher'
  return `${loss} ${Math.abs(estimate).toFixed(4)} ${sign} than the ${against}’s on the ${rows} newest rows (${100 * confidence} % interval ${lower.toFixed(4)} to ${upper.toFixed(4)})`
}
