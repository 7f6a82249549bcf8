import { encodeArtefact } from '../models/artefact.ts'
import { calibratedScorer } from '../models/calibrated.ts'
import type { Calibrator } from '../models/calibration.ts'
import { bootstrapDifference, type Interval } from '../models/bootstrap.ts'
import { clustersOf } from '../models/clusters.ts'
import { logLoss, metricsOf, rootMeanSquaredError } from '../models/metrics.ts'
import type { Artefact, Dataset, Model, ScoringAlgorithm } from '../models/model.ts'
import type { ScoringRuntimes } from '../models/scoring-runtimes.ts'
import { chosenFeatures } from '../models/selection/chosen-features.ts'
import { chosenRows, honestSplit } from '../models/split.ts'
import type { Settings } from './learner.ts'
import { learnerNamed } from './learners.ts'
import { outOfFoldCalibration } from './out-of-fold-calibration.ts'
import { scored } from './scored.ts'

/** Share of the rows, the newest ones, that no challenger is trained on. */
export const NEWEST_SHARE = 0.25
/** The gate: so sure must we be, on one side, that the challenger's loss is the smaller one. */
export const CONFIDENCE = 0.8

export interface ChallengeOptions {
  readonly task: string
  readonly algorithm: string
  readonly featureSet: string
  readonly seed: number
  /** Places of the features to learn from; not given: all. */
  readonly chosen?: Int32Array | undefined
  readonly calibrate?: Calibrator['method'] | undefined
  /** The model in use, if it scores the same features. */
  readonly champion?: Model
  readonly progress?: (done: number, of: number, metric?: number) => void
  /** Of the algorithm. */
  readonly settings?: Settings | undefined
  /** For models that only they can score. */
  readonly runtimes?: ScoringRuntimes | undefined
}

/** How good a model is on the newest rows, and whether it should take the place of the one in use. */
export interface Judgement {
  /** On the newest rows. */
  readonly metrics: Readonly<Record<string, number>>
  /** The same of always saying the mean of the training labels. */
  readonly baseline: Readonly<Record<string, number>>
  /** Loss of the challenger minus loss of the champion, or of the baseline where there is no champion; below 0 is better. */
  readonly difference: Interval
  readonly against: 'champion' | 'baseline'
  readonly promote: boolean
  readonly reason: string
}

export interface Challenge extends Judgement {
  readonly artefact: Uint8Array
  readonly trainedRows: number
  readonly newestRows: number
}

/** Trains on the older rows, measures on the newest, and says whether the new model should take the place of the one in use. */
export async function challenge(data: Dataset, options: ChallengeOptions): Promise<Challenge> {
  const learner = learnerNamed(options.algorithm)
  const { algorithm, train: learn } = learner
  const { train, test } = honestSplit(data, NEWEST_SHARE, options.seed)
  const older = chosenRows(data, train)
  const newest = chosenRows(data, test)
  const seen = (rows: Dataset) => (options.chosen === undefined ? rows : chosenFeatures(rows, options.chosen))
  const parameters = await learn(seen(older), options.seed, options.progress, options.settings)
  const calibration =
    options.calibrate === undefined ? undefined : await outOfFoldCalibration(learner, seen(older), options.calibrate, options)
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
  const scores = await scored(score, seen(newest))
  const judgement = await judge(algorithm.kind, scores, { older, newest }, options.champion, options.seed)
  return { artefact: encodeArtefact(artefact), ...judgement, trainedRows: older.count, newestRows: newest.count }
}

/** One of which it is sure that it is better goes before one that only seems to be. */
export function isBetter(
  one: Pick<Judgement, 'promote' | 'difference'>,
  other: Pick<Judgement, 'promote' | 'difference'>,
): boolean {
  return one.promote === other.promote ? one.difference.estimate < other.difference.estimate : one.promote
}

/** `scores`: of the newest rows. The baseline is the mean of the older ones. */
export async function judge(
  kind: ScoringAlgorithm<unknown>['kind'],
  scores: Float64Array,
  { older, newest }: { readonly older: Dataset; readonly newest: Dataset },
  champion: Model | undefined,
  seed: number,
): Promise<Judgement> {
  const mean = older.labels.reduce((sum, label) => sum + label, 0) / older.count
  const baselineScores = new Float64Array(newest.count).fill(mean)
  const against = champion === undefined ? 'baseline' : 'champion'
  const others = champion === undefined ? baselineScores : await scored((batch, into) => champion.score(batch, into), newest)
  const loss = kind === 'classification' ? logLoss : rootMeanSquaredError
  const difference = bootstrapDifference(loss, newest.labels, scores, others, {
    seed,
    confidence: CONFIDENCE,
    clusters: newest.customers === undefined ? undefined : clustersOf([...newest.customers]),
  })
  return {
    metrics: metricsOf(kind, newest.labels, scores),
    baseline: metricsOf(kind, newest.labels, baselineScores),
    difference,
    against,
    promote: difference.upper < 0,
    reason: reasonOf(lossInWords(kind), difference, against, newest.count),
  }
}

function lossInWords(kind: ScoringAlgorithm<unknown>['kind']): string {
  return kind === 'classification' ? 'log loss' : 'root mean squared error'
}

/** `loss`: in words. */
export function reasonOf(loss: string, { estimate, lower, upper }: Interval, against: string, rows: number): string {
  const sign = estimate < 0 ? 'lower' : 'higher'
  return `${loss} ${Math.abs(estimate).toFixed(4)} ${sign} than the ${against}’s on the ${rows} newest rows (${100 * CONFIDENCE} % interval ${lower.toFixed(4)} to ${upper.toFixed(4)})`
}
