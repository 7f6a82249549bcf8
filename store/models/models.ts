import { sql, type Selectable } from 'kysely'
import { releases } from '../../schemas/models/releases.ts'
import type { Database } from '../database.ts'
import { putIntoOutbox } from '../operations/outbox.ts'
import { storableJson } from '../sql/stored-text.ts'
import type { Json, GeneratedTime } from '../tables.ts'

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
  readonly status: 'challenger' | 'champion' | 'retired'
  readonly reason: string | null
  readonly trainedAt: GeneratedTime
  readonly releasedAt: Date | null
}

declare module '../tables.ts' {
  interface Tables {
    models: ModelRow
  }
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
] as const

/** Lists models, newest first. */
export function listModels(database: Database, task?: string): Promise<ModelSummary[]> {
  const query = database.selectFrom('models').select(summary).orderBy('trainedAt', 'desc')
  return (task === undefined ? query : query.where('task', '=', task)).execute()
}

export function modelById(database: Database, id: string): Promise<StoredModel | undefined> {
  return database
    .selectFrom('models')
    .select([...summary, 'artefact'])
    .where('id', '=', id)
    .executeTakeFirst()
}

export function championOf(database: Database, task: string): Promise<StoredModel | undefined> {
  const query = database.selectFrom('models').select([...summary, 'artefact'])
  return query.where('task', '=', task).where('status', '=', 'champion').executeTakeFirst()
}

export type NewModel = Omit<StoredModel, 'status' | 'reason' | 'trainedAt' | 'releasedAt'>

/** Registers a trained model as a challenger. Registering the same artefact again has no effect. */
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
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/**
 * Makes a model the champion of its task and retires the former one. The release reaches running processors through the
 * outbox.
 */
export async function promoteModel(database: Database, id: string, reason: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    // Serialises releases, so that the later of two sees the champion of the earlier one.
    await sql`select pg_advisory_xact_lock(hashtext('release'))`.execute(transaction)
    const model = await transaction.selectFrom('models').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (model === undefined) throw new Error(`There is no model ${id}.`)
    const former = await transaction
      .updateTable('models')
      .set({ status: 'retired' })
      .where('task', '=', model.task)
      .where('status', '=', 'champion')
      .where('id', '!=', id)
      .returning('id')
      .executeTakeFirst()
    await transaction
      .updateTable('models')
      .set({ status: 'champion', reason, releasedAt: sql`now()` })
      .where('id', '=', id)
      .execute()
    const { rows } = await sql<{ now: Date }>`select now() as now`.execute(transaction)
    const occurredAt = rows[0]!.now.getTime()
    await putIntoOutbox(transaction, releases.name, {
      id: `release/${model.task}/${id}/${occurredAt}`,
      occurredAt,
      source: 'retrainer',
      task: model.task,
      modelId: id,
      algorithm: model.algorithm,
      featureSet: model.featureSet,
      artefact: model.artefact.toString('base64'),
      metrics: model.metrics,
      reason,
      replaces: former?.id ?? null,
    })
  })
}
