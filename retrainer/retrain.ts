import { createHash } from 'node:crypto'
import { modelFrom } from '../models/artefact.ts'
import type { Model } from '../models/model.ts'
import type { Database } from '../store/database.ts'
import { championOf, promoteModel, registerModel, type StoredModel } from '../store/models.ts'
import { servedRows, type ServedRow } from '../store/training-data.ts'
import { challenge, type Challenge } from './challenge.ts'
import type { LearnableTask } from './learnable-tasks.ts'
import { trainingSet } from './training-set.ts'

export interface RetrainOptions {
  readonly database: Database
  /** Of this platform; kept with the model. */
  readonly codeVersion: string
  readonly seed?: number
  readonly algorithm?: string
  readonly progress?: (done: number, of: number) => void
}

export type Retraining =
  | { readonly kind: 'too-few-rows'; readonly rows: number; readonly needed: number }
  | { readonly kind: 'one-class'; readonly rows: number }
  | ({ readonly kind: 'trained'; readonly modelId: string } & Challenge)

/** Fewer rows than that say nothing about a model. */
const ROWS_MIN = 100

/** Trains a challenger on the rows that were served and the outcomes that came of them, registers it, and promotes it if it is better. */
export async function retrain(task: LearnableTask, options: RetrainOptions): Promise<Retraining> {
  const { database, codeVersion, seed = 1, algorithm = task.algorithm } = options
  const rows = await servedRows(database, task.task, task.features.id)
  if (rows.length < ROWS_MIN) return { kind: 'too-few-rows', rows: rows.length, needed: ROWS_MIN }
  if (new Set(rows.map(({ label }) => label)).size < 2) return { kind: 'one-class', rows: rows.length }
  const champion = usable(await championOf(database, task.task), task)
  const result = await challenge(trainingSet(rows, task.features.names), {
    task: task.task,
    algorithm,
    featureSet: task.features.id,
    seed,
    ...(champion === undefined ? {} : { champion }),
    ...(options.progress === undefined ? {} : { progress: options.progress }),
  })
  const modelId = createHash('sha256').update(result.artefact).digest('hex')
  await registerModel(database, {
    id: modelId,
    task: task.task,
    algorithm,
    featureSet: task.features.id,
    artefact: Buffer.from(result.artefact),
    metrics: result.metrics,
    data: {
      ...fingerprint(rows),
      trainedRows: result.trainedRows,
      newestRows: result.newestRows,
      baseline: result.baseline,
      seed,
    },
    codeVersion,
  })
  if (result.promote && champion?.id !== modelId) await promoteModel(database, modelId, result.reason)
  return { kind: 'trained', modelId, ...result }
}

/** A champion of other features can't be compared on these rows, and can't be used by the processors either. */
function usable(stored: StoredModel | undefined, task: LearnableTask): Model | undefined {
  return stored?.featureSet === task.features.id ? modelFrom(stored.artefact, stored.id) : undefined
}

/** The same rows with the same labels give the same fingerprint. */
function fingerprint(rows: readonly ServedRow[]): Record<string, unknown> {
  const hash = createHash('sha256')
  for (const { row, text, label, at } of rows) hash.update(JSON.stringify([row.map(String), text, label, at]))
  const knownTo = rows.reduce((latest, row) => Math.max(latest, row.knownAt), 0)
  return { rows: rows.length, from: rows[0]!.at, to: rows.at(-1)!.at, knownTo, sha256: hash.digest('hex') }
}
