import type { Selectable } from 'kysely'
import type { Database, Reader } from '../database.ts'
import { storableJson } from '../sql/stored-text.ts'
import type { Json, GeneratedTime } from '../tables.ts'
import type { GateDecision } from './gate-decision.ts'

export type ModelStatus = 'challenger' | 'champion' | 'retired' | 'shadow' | 'canary'

interface ModelRow {
  readonly id: string
  readonly task: string
  readonly algorithm: string
  readonly featureSet: string
  readonly artefact: Buffer
  readonly metrics: Json<Readonly<Record<string, number>>>
  /** Number of rows, their time span and their hash: equal data have equal fingerprints. */
  readonly data: Json<Readonly<Record<string, unknown>>>
  readonly codeVersion: string
  readonly status: ModelStatus
  readonly reason: string | null
  readonly trainedAt: GeneratedTime
  readonly releasedAt: Date | null
  /** Decision of the gate; null if it was not asked. */
  readonly gate: Json<GateDecision> | null
  /** Share of the customers that a canary scores; null for other models. */
  readonly canaryShare: number | null
}

declare module '../tables.ts' {
  interface Tables {
    models: ModelRow
  }
}

/** Thrown for a change to a model that its state does not allow. */
export class ModelStateError extends Error {
  override readonly name = 'ModelStateError'
}

/** Thrown for a model or a task that does not exist. */
export class UnknownModelError extends Error {
  override readonly name = 'UnknownModelError'
}

export type StoredModel = Selectable<ModelRow>
export type ModelSummary = Omit<StoredModel, 'artefact'>

const summary = [
  'id',
  'task',
  'algorithm',
  'featureSet',
  'metrics',
  'data',
  'codeVersion',
  'status',
  'reason',
  'trainedAt',
  'releasedAt',
  'gate',
  'canaryShare',
] as const

/** Lists models, newest first. */
export function listModels(database: Reader, task?: string): Promise<ModelSummary[]> {
  const query = database.selectFrom('models').select(summary).orderBy('trainedAt', 'desc')
  return (task === undefined ? query : query.where('task', '=', task)).execute()
}

export function modelById(database: Reader, id: string): Promise<StoredModel | undefined> {
  return database
    .selectFrom('models')
    .select([...summary, 'artefact'])
    .where('id', '=', id)
    .executeTakeFirst()
}

export function modelSummaryById(database: Reader, id: string): Promise<ModelSummary | undefined> {
  return database.selectFrom('models').select(summary).where('id', '=', id).executeTakeFirst()
}

export function championOf(database: Reader, task: string): Promise<StoredModel | undefined> {
  const query = database.selectFrom('models').select([...summary, 'artefact'])
  return query.where('task', '=', task).where('status', '=', 'champion').executeTakeFirst()
}

export type NewModel = Omit<StoredModel, 'status' | 'reason' | 'trainedAt' | 'releasedAt' | 'gate' | 'canaryShare'> & {
  readonly gate?: GateDecision
}

/**
 * Registers a trained model as a challenger. Registering the same artefact again changes only the decision of the gate,
 * and not even that once the model is in use.
 */
export async function registerModel(database: Database, model: NewModel): Promise<void> {
  await database
    .insertInto('models')
    .values({
      id: model.id,
      task: model.task,
      algorithm: model.algorithm,
      featureSet: model.featureSet,
      artefact: model.artefact,
      metrics: storableJson(model.metrics),
      data: storableJson(model.data),
      codeVersion: model.codeVersion,
      status: 'challenger',
      reason: null,
      releasedAt: null,
      gate: model.gate === undefined ? null : storableJson(model.gate),
      canaryShare: null,
    })
    .onConflict((conflict) =>
      model.gate === undefined
        ? conflict.column('id').doNothing()
        : conflict
            .column('id')
            .doUpdateSet({ gate: storableJson(model.gate) })
            .where('models.status', '=', 'challenger'),
    )
    .execute()
}
