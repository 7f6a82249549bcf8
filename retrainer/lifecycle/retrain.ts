import { createHash } from 'node:crypto'
import { modelFrom } from '../../models/artefact.ts'
import type { Calibrator } from '../../models/evaluation/calibration.ts'
import type { Interval } from '../../models/evaluation/bootstrap.ts'
import type { Dataset, Model } from '../../models/model.ts'
import type { ScoringRuntimes } from '../../models/scoring-runtimes.ts'
import type { Database } from '../../store/database.ts'
import { championOf, registerModel, type StoredModel } from '../../store/models/models.ts'
import type { GateDecision } from '../../store/models/gate-decision.ts'
import type { ServedRow } from '../../store/models/training-data.ts'
import {
  candidateLossDifference,
  outranks,
  trainChallenger,
  type Challenger,
  type ChallengerOptions,
} from './challenger.ts'
import { decideGate } from './gate/decide.ts'
import { releaseChallenger } from './gate/release-challenger.ts'
import { currentShift, gateOf } from './gate/task-gate.ts'
import { trainingRows, type LearnableTask } from './learnable-task.ts'
import type { TrainingAids } from '../training/learner.ts'
import { learnerNamed, learners } from '../training/learners.ts'
import { unprotectedFeatures } from '../training/protected-features.ts'
import { trainingSet } from './training-set.ts'

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

/** Trains a challenger on served rows and their outcomes, registers it, and promotes it if it is better. */
export async function retrain(task: LearnableTask, options: RetrainOptions): Promise<Retraining> {
  const { database, seed = 1, algorithm = task.algorithm } = options
  const rows = await trainingRows(task, database)
  if (rows.length < ROWS_MIN) return { kind: 'too-few-rows', rows: rows.length, needed: ROWS_MIN }
  if (new Set(rows.map(({ label }) => label)).size < 2) return { kind: 'one-class', rows: rows.length }
  const champion = compatibleChampion(await championOf(database, task.task), task, options.runtimes)
  const gate = await gateOf(database, task.task)
  const data = trainingSet(rows, task.features.names)
  const names =
    options.compare === true ? comparableLearners(algorithm, data.weights !== undefined, options.aids) : [algorithm]
  const allowedFeatures = options.useProtected === false ? unprotectedFeatures(task.features) : undefined
  const challenges: Trained[] = []
  const leftOut: SkippedLearner[] = []
  for (const [index, name] of names.entries()) {
    const challengerOptions = {
      task: task.task,
      algorithm: name,
      featureSet: task.features.id,
      features: task.features,
      gate,
      seed,
      calibrate: options.calibrate ?? task.calibrate,
      aids: options.aids,
      runtimes: options.runtimes,
      ...(champion === undefined ? {} : { champion }),
    }
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
    algorithm: one.algorithm,
    modelId: one.modelId,
    metrics: one.result.metrics,
    lossBeyond: one === best ? null : candidateLossDifference(kind, best.result, one.result, seed),
  }))
  await registerAll(task, options, challenges, { rows, best, candidates, leftOut })
  const { modelId, result, decision, algorithm: chosen } = best
  const released =
    champion?.id === modelId
      ? { promote: false, reason: result.reason }
      : await releaseChallenger(database, { task: task.task, modelId, decision, reason: result.reason })
  return { kind: 'trained', modelId, algorithm: chosen, candidates, leftOut, ...result, ...released }
}

/** Registers every challenger with its decision and what it was trained on. */
async function registerAll(
  task: LearnableTask,
  { database, codeVersion, seed = 1 }: RetrainOptions,
  challenges: readonly Trained[],
  about: {
    readonly rows: readonly ServedRow[]
    readonly best: Trained
    readonly candidates: readonly Candidate[]
    readonly leftOut: readonly SkippedLearner[]
  },
): Promise<void> {
  const { rows, best, candidates, leftOut } = about
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
        trainedRows: result.trainedRows,
        newestRows: result.newestRows,
        baseline: result.baseline,
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

async function trainOne(
  data: Dataset,
  challengerOptions: ChallengerOptions,
  allowedFeatures: Int32Array | undefined,
  { decide, progress }: OneChallenger,
): Promise<Trained> {
  const result = await trainChallenger(data, { ...challengerOptions, chosen: allowedFeatures, progress })
  const modelId = createHash('sha256').update(result.artefact).digest('hex')
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

/** Describes the rows; equal rows with equal labels have equal fingerprints. */
export function rowsFingerprint(rows: readonly ServedRow[]): Record<string, unknown> {
  const hash = createHash('sha256')
  for (const { row, text, label, at } of rows) hash.update(JSON.stringify([row.map(String), text, label, at]))
  const knownTo = rows.reduce((latest, row) => Math.max(latest, row.knownAt), 0)
  return { rows: rows.length, from: rows[0]!.at, to: rows.at(-1)!.at, knownTo, sha256: hash.digest('hex') }
}
