import { algorithmNamed } from '../../models/algorithms.ts'
import { encodeArtefact, modelFrom } from '../../models/artefact.ts'
import type { Artefact, Dataset, Model } from '../../models/model.ts'
import type { ScoringRuntimes } from '../../models/scoring-runtimes.ts'
import { chosenRows, temporalHoldout } from '../../models/split.ts'
import type { Database } from '../../store/database.ts'
import { modelIdOf } from '../../store/models/model-id.ts'
import { championOf, registerModel } from '../../store/models/models.ts'
import { promoteModel } from '../../store/models/release-models.ts'
import { evaluateChallenger, type ChallengerEvaluation } from './challenger.ts'
import { trainingRows, type LearnableTask } from './learnable-task.ts'
import { rowsFingerprint, ROWS_MIN, compatibleChampion } from './retrain.ts'
import { NEWEST_SHARE } from './newest-share.ts'
import { scored } from './scored.ts'
import { trainingSet } from './training-set.ts'

/**
 * Maximum size of a model. Its release must fit in one record (8 MiB), in which ONNX bytes grow by a third as base64.
 */
export const MODEL_BYTES_MAX = 5 << 20
const SEED = 1

/** Thrown for an external model that can't be imported, with the reason. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}

export interface ImportOptions {
  readonly database: Database
  readonly runtimes: ScoringRuntimes
  readonly task: LearnableTask
  /** Promotes the model at once, for this reason; if not given, it becomes a challenger. */
  readonly promoteBecause?: string | undefined
  /** Version of this platform. */
  readonly codeVersion: string
}

export interface Imported {
  readonly modelId: string
  /** Evaluation on the newest served rows whose outcome is known; `undefined` if there are too few. */
  readonly evaluation: ChallengerEvaluation | undefined
  /** Number of rows that the model was tried on. */
  readonly rows: number
}

/**
 * Tries an external model on served rows, compares it with the champion, and registers it. Throws `ImportError`, before
 * registering anything, for a model whose outputs the task can't use.
 */
export async function importModel(artefact: Artefact, options: ImportOptions): Promise<Imported> {
  const { database, runtimes, task, codeVersion } = options
  const encoded = encodeArtefact(artefact)
  const id = modelIdOf(encoded)
  const model = modelFrom(encoded, id, runtimes)
  const { kind } = algorithmNamed(artefact.algorithm)!
  const { rows, sampling } = await trainingRows(task, database)
  const data = rows.length === 0 ? unknownRow(task) : trainingSet(rows, task.features.names)
  await requireValidScores(data, model, kind)
  const evaluation =
    rows.length < ROWS_MIN || new Set(rows.map(({ label }) => label)).size < 2
      ? undefined
      : await evaluateImported(
          data,
          model,
          compatibleChampion(await championOf(database, task.task), task, runtimes),
          kind,
        )
  await registerModel(database, {
    id,
    task: task.task,
    algorithm: artefact.algorithm,
    featureSet: task.features.id,
    artefact: Buffer.from(encoded),
    metrics: evaluation?.metrics ?? {},
    data: {
      imported: true,
      ...(rows.length === 0 ? {} : { ...rowsFingerprint(rows), sampling }),
      ...(evaluation === undefined ? {} : { baseline: evaluation.baseline, evaluation: evaluation.reason }),
    },
    codeVersion,
  })
  if (options.promoteBecause !== undefined) await promoteModel(database, id, options.promoteBecause)
  return { modelId: id, evaluation, rows: rows.length }
}

type Kind = 'classification' | 'regression'

/** Requires a number for every row, and a probability for classification. */
async function requireValidScores(data: Dataset, model: Model, kind: Kind): Promise<void> {
  const scores = await scored((batch, into) => model.score(batch, into), data)
  const wrong = scores.findIndex((score) =>
    kind === 'classification' ? !(score >= 0 && score <= 1) : !Number.isFinite(score),
  )
  if (wrong === -1) return
  throw new ImportError(
    `The model gives ${scores[wrong]} for a row that was served${data.rows.some(Number.isNaN) ? ' (numbers that are not known are NaN)' : ''}: it must return ${kind === 'classification' ? 'a probability between 0 and 1' : 'a finite number'}.`,
  )
}

/** Evaluates on held-out rows. The model was trained elsewhere, presumably on other rows. */
async function evaluateImported(
  data: Dataset,
  model: Model,
  champion: Model | undefined,
  kind: Kind,
): Promise<ChallengerEvaluation> {
  const { train, test } = temporalHoldout(data, NEWEST_SHARE, SEED)
  const newest = chosenRows(data, test)
  const startedAt = performance.now()
  const scores = await scored((batch, into) => model.score(batch, into), newest)
  const rowMs = (performance.now() - startedAt) / newest.count
  return evaluateChallenger(kind, { older: chosenRows(data, train), newest, scores, rowMs }, { champion, seed: SEED })
}

/** Returns the row of a customer about whom nothing is known. */
function unknownRow({ features: { names } }: LearnableTask): Dataset {
  return {
    count: 1,
    width: names.length,
    rows: new Float32Array(names.length).fill(Number.NaN),
    texts: [null],
    featureNames: names,
    labels: new Float64Array(1),
    times: new Float64Array(1).fill(Number.NaN),
  }
}
