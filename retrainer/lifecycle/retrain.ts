import { createHash } from 'node:crypto'
import { modelFrom } from '../../models/artefact.ts'
import type { Calibrator } from '../../models/evaluation/calibration.ts'
import type { Interval } from '../../models/evaluation/bootstrap.ts'
import type { Dataset, Model } from '../../models/model.ts'
import { labelRules } from '../../processors/models/labels/label-rules.ts'
import type { ScoringRuntimes } from '../../models/scoring-runtimes.ts'
import type { Database } from '../../store/database.ts'
import { modelIdOf } from '../../store/models/model-id.ts'
import { championOf, registerModel, type StoredModel } from '../../store/models/models.ts'
import type { GateDecision } from '../../store/models/gate-decision.ts'
import type { ServedRow } from '../../store/models/labelled-rows.ts'
import {
  candidateLossDifference,
  outranks,
  trainChallenger,
  type Challenger,
  type ChallengerEvaluation,
  type ChallengerOptions,
} from './challenger.ts'
import { decideGate } from './gate/decide.ts'
import { releaseChallenger } from './gate/release-challenger.ts'
import { currentShift, gateOf } from './gate/task-gate.ts'
import { trainingRows, type LearnableTask, type TrainingRows } from './learnable-task.ts'
import type { Hyperparameters, TrainingAids } from '../training/learner.ts'
import { learnerNamed, learners } from '../training/learners.ts'
import { unprotectedFeatures } from '../training/protected-features.ts'
import { trainingSet } from './training-set.ts'
import type { TrainingTrigger } from '../../store/models/trainings.ts'

export interface RetrainOptions {
  readonly database: Database
  /** Version of this platform, stored with the model. */
  readonly codeVersion: string
  readonly seed?: number
  readonly algorithm?: string
  /**
   * Whether to train every algorithm of the kind on the same rows; the one with the lowest loss on the newest rows
   * becomes the challenger.
   */
  readonly compare?: boolean
  /**
   * Whether models may learn from protected attributes (spec L5). If not, the cost of excluding them is measured and
   * stored with the model. Default: yes.
   */
  readonly useProtected?: boolean
  /** Calibration of challengers, cross-fitted over their training rows. */
  readonly calibrate?: Calibrator['method'] | undefined
  readonly progress?: (done: number, of: number, metric?: number) => void
  readonly aids?: TrainingAids | undefined
  /** Runtimes for models that can't be scored without them. */
  readonly runtimes?: ScoringRuntimes | undefined
  /** Time that the search for settings may take for each algorithm, ms; none if not given. */
  readonly searchTimeMs?: number
  /** Maximum number of rows to learn from. */
  readonly rowsMax?: number
  /** What started the training, stored with the models. */
  readonly trigger?: TrainingTrigger
}

export type Retraining =
  | { readonly kind: 'too-few-rows'; readonly rows: number; readonly needed: number }
  | { readonly kind: 'one-class'; readonly rows: number }
  | ({
      readonly kind: 'trained'
      readonly modelId: string
      readonly algorithm: string
      readonly candidates: readonly Candidate[]
      readonly leftOut: readonly SkippedLearner[]
    } & Challenger)

/** A model trained on the same rows as the challenger, with its metrics. */
export interface Candidate {
  readonly algorithm: string
  readonly modelId: string
  readonly metrics: Readonly<Record<string, number>>
  /** Loss minus that of `against` on the same newest rows, as of `ChallengerEvaluation`. */
  readonly difference: Interval
  readonly against: ChallengerEvaluation['against']
  /**
   * Additional loss compared with the best candidate on the newest rows; `null` for the best one, `undefined` if
   * unknown.
   */
  readonly lossBeyond?: Interval | null
}

/** A learner that was to be compared but failed. */
export interface SkippedLearner {
  readonly algorithm: string
  readonly reason: string
}

/** Minimum number of rows to train and evaluate a model on. */
export const ROWS_MIN = 100

/** Trains a challenger on labelled rows, registers it, and promotes it if it is better. */
export async function retrain(task: LearnableTask, options: RetrainOptions): Promise<Retraining> {
  const { database, seed = 1, algorithm = task.algorithm } = options
  const sampled = await trainingRows(task, database, options.rowsMax)
  const { rows, trust } = sampled
  if (rows.length < ROWS_MIN) return { kind: 'too-few-rows', rows: rows.length, needed: ROWS_MIN }
  if (new Set(rows.map(({ label }) => label)).size < 2) return { kind: 'one-class', rows: rows.length }
  const stored = await championOf(database, task.task)
  const champion = compatibleChampion(stored, task, options.runtimes)
  const gate = await gateOf(database, task.task)
  const data = trainingSet(rows, task.features.names, trust?.referenceSources)
  const names =
    options.compare === true ? comparableLearners(algorithm, data.weights !== undefined, options.aids) : [algorithm]
  const allowedFeatures = options.useProtected === false ? unprotectedFeatures(task.features) : undefined
  const challenges: Trained[] = []
  const leftOut: SkippedLearner[] = []
  for (const [index, name] of names.entries()) {
    const challengerOptions = { ...challengerOptionsOf(task, name, { ...options, seed }, stored, champion), gate }
    const decide = async (modelId: string, result: Challenger) => {
      const challenger = modelFrom(result.artefact, modelId, options.runtimes)
      const outcomes = await currentShift(database, gate, challenger, champion)
      return decideGate(gate, { ...result.measures, outcomes })
    }
    const progress = (done: number, of: number) => options.progress?.(index + done / of, names.length)
    const training = trainOne(data, challengerOptions, allowedFeatures, { decide, progress })
    const trained = await training.catch((error: unknown) => {
      // A slow learner that fails does not stop the comparison of the others.
      if (names.length === 1 || learnerNamed(name).isSlow !== true || isAbort(error)) throw error
      leftOut.push({ algorithm: name, reason: (error as Error).message })
      return undefined
    })
    if (trained !== undefined) challenges.push(trained)
  }
  const best = challenges.reduce((one, other) => (outranks(other.result, one.result) ? other : one))
  const { kind } = learnerNamed(best.algorithm).algorithm
  const candidates = challenges.map((one): Candidate => ({
    ...candidateOf(one),
    lossBeyond: one === best ? null : candidateLossDifference(kind, best.result, one.result, seed),
  }))
  await registerAll(task, options, challenges, { ...sampled, best, candidates, leftOut })
  const { modelId, result, decision, algorithm: chosen } = best
  const challenger = { task: task.task, modelId, championId: champion?.id, decision, reason: result.reason }
  const released = await releaseChallenger(database, challenger)
  return { kind: 'trained', modelId, algorithm: chosen, candidates, leftOut, ...result, ...released }
}

export function candidateOf({
  algorithm,
  modelId,
  result,
}: Pick<Trained, 'algorithm' | 'modelId' | 'result'>): Candidate {
  const { metrics, difference, against } = result
  return { algorithm, modelId, metrics, difference, against }
}

/** Registers every challenger with its decision and what it was trained on. */
async function registerAll(
  task: LearnableTask,
  { database, codeVersion, trigger, seed = 1 }: RetrainOptions,
  challenges: readonly Trained[],
  about: TrainingRows & {
    readonly best: Trained
    readonly candidates: readonly Candidate[]
    readonly leftOut: readonly SkippedLearner[]
  },
): Promise<void> {
  const { rows, sampling, trust, best, candidates, leftOut } = about
  for (const { algorithm: name, modelId, result, decision, withProtected } of challenges)
    await registerModel(database, {
      id: modelId,
      task: task.task,
      algorithm: name,
      featureSet: task.features.id,
      artefact: Buffer.from(result.artefact),
      metrics: result.metrics,
      gate: decision,
      data: {
        ...rowsFingerprint(rows),
        sampling,
        ...(trust === undefined ? {} : { trust }),
        ...evaluationFacts(task, result),
        ...(trigger === undefined ? {} : { trigger }),
        seed,
        ...(candidates.length + leftOut.length === 1
          ? {}
          : { comparedWith: challenges.map((one) => one.algorithm), best: best.algorithm, candidates, leftOut }),
        ...(withProtected === undefined
          ? {}
          : { protectedAttributes: 'not used', metricsWithProtected: withProtected }),
      },
      codeVersion,
    })
}

interface OneChallenger extends Required<Pick<ChallengerOptions, 'progress'>> {
  /** Applies the gate. */
  readonly decide: (modelId: string, result: Challenger) => Promise<GateDecision>
}

/** Returns how a challenger of an algorithm is trained and compared. */
function challengerOptionsOf(
  task: LearnableTask,
  algorithm: string,
  { seed, calibrate, aids, runtimes, searchTimeMs }: RetrainOptions & { readonly seed: number },
  stored: StoredModel | undefined,
  champion: Model | undefined,
): ChallengerOptions {
  return {
    task: task.task,
    algorithm,
    featureSet: task.features.id,
    features: task.features,
    seed,
    calibrate: calibrate ?? task.calibrate,
    purgeGapMs: horizonMsOf(task),
    search:
      searchTimeMs === undefined
        ? undefined
        : { championSettings: settingsOf(stored, algorithm), timeMaxMs: searchTimeMs },
    aids,
    runtimes,
    ...(champion === undefined ? {} : { champion }),
  }
}

async function trainOne(
  data: Dataset,
  challengerOptions: ChallengerOptions,
  allowedFeatures: Int32Array | undefined,
  { decide, progress }: OneChallenger,
): Promise<Trained> {
  const result = await trainChallenger(data, { ...challengerOptions, chosen: allowedFeatures, progress })
  const modelId = modelIdOf(result.artefact)
  const decision = await decide(modelId, result)
  return {
    algorithm: challengerOptions.algorithm,
    modelId,
    result: { ...result, promote: decision.passed },
    decision,
    withProtected: allowedFeatures === undefined ? undefined : (await trainChallenger(data, challengerOptions)).metrics,
  }
}

/** Returns whether training was aborted because the process is stopping. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

interface Trained {
  readonly algorithm: string
  readonly modelId: string
  readonly result: Challenger
  readonly decision: GateDecision
  /** Metrics of a model with protected attributes, if this one excludes them. */
  readonly withProtected: Readonly<Record<string, number>> | undefined
}

/**
 * Returns the algorithms to compare: those of the same kind that learn from the same rows. Algorithms that read texts
 * are included if the named one reads them, slow ones if there is a time limit and a backbone, and for weighted rows
 * only those that support weights.
 */
function comparableLearners(name: string, isWeighed: boolean, { backbone, timeMaxMs }: TrainingAids = {}): string[] {
  const own = learnerNamed(name).algorithm
  const hasTime = timeMaxMs !== undefined && timeMaxMs > 0 && backbone !== undefined
  return learners
    .filter(({ isSlow }) => isSlow !== true || hasTime)
    .map(({ algorithm }) => algorithm)
    .filter(({ kind, readsText }) => kind === own.kind && (own.readsText || !readsText))
    .filter(({ weighsRows }) => !isWeighed || weighsRows === true)
    .map((one) => one.name)
}

/**
 * Returns the champion, unless it has other features: it could not be compared on these rows, and processors could not
 * use it either.
 */
export function compatibleChampion(
  stored: StoredModel | undefined,
  task: LearnableTask,
  runtimes: ScoringRuntimes | undefined,
): Model | undefined {
  return stored?.featureSet === task.features.id ? modelFrom(stored.artefact, stored.id, runtimes) : undefined
}

/** Returns the settings of the champion, if it is of this algorithm and a search chose them. */
function settingsOf(champion: StoredModel | undefined, algorithm: string): Hyperparameters | undefined {
  const settings = champion?.algorithm === algorithm ? champion.data['settings'] : undefined
  return typeof settings === 'object' && settings !== null ? (settings as Hyperparameters) : undefined
}

/** Returns how long the labels of a task's rows may take to become known, ms; 0 if that is not bounded. */
export function horizonMsOf({ task, labels }: LearnableTask): number {
  return labels === undefined ? (labelRules.get(task)?.horizonMs ?? 0) : 0
}

/** Facts about a training and its evaluation that are stored with the model. */
export function evaluationFacts(task: LearnableTask, result: Challenger): Record<string, unknown> {
  const { trainedRows, newestRows, newestFrom, purgeGapMs, baseline, difference, against, settings, tried } = result
  const searched = tried === undefined ? {} : { settings, tried }
  const { selection } = result.measures
  const horizonMs = horizonMsOf(task)
  return {
    trainedRows,
    newestRows,
    newestFrom,
    purgeGapMs,
    horizonMs,
    baseline,
    difference,
    against,
    ...searched,
    ...(selection === undefined ? {} : { selection }),
  }
}

/** Describes the rows; equal rows with equal labels have equal fingerprints. */
export function rowsFingerprint(rows: readonly ServedRow[]): Record<string, unknown> {
  const hash = createHash('sha256')
  for (const { row, text, label, at } of rows) hash.update(JSON.stringify([row.map(String), text, label, at]))
  const knownTo = rows.reduce((latest, row) => Math.max(latest, row.knownAt), 0)
  return { rows: rows.length, from: rows[0]!.at, to: rows.at(-1)!.at, knownTo, sha256: hash.digest('hex') }
}
