import { sql, type Generated, type Selectable, type Transaction } from 'kysely'
import { modelActsTopic, type ModelActKind } from '../../schemas/models/model-acts.ts'
import type { Reader } from '../database.ts'
import { putIntoOutbox } from '../operations/outbox.ts'
import { storableJson, storableText } from '../sql/stored-text.ts'
import type { GeneratedTime, Json, Tables } from '../tables.ts'

/** The models that are live for a task. */
export interface LiveModels {
  readonly champion: string | null
  readonly canary: { readonly modelId: string; readonly share: number } | null
  readonly shadows: readonly string[]
}

interface ModelActRow {
  readonly id: Generated<number>
  readonly task: string
  readonly modelId: string | null
  readonly act: ModelActKind
  readonly actedBy: string
  readonly reason: string
  readonly numbers: Json<Readonly<Record<string, number>>>
  /** The live models after it. */
  readonly live: Json<LiveModels>
  readonly actedAt: GeneratedTime
}

declare module '../tables.ts' {
  interface Tables {
    model_acts: ModelActRow
  }
}

export type StoredModelAct = Selectable<ModelActRow>

/** Who acts, and why. */
export interface Actor {
  readonly by: string
  readonly reason: string
  /** The numbers that it is based on. */
  readonly numbers?: Readonly<Record<string, number>> | undefined
}

/** The platform itself. */
export const SYSTEM = 'scoreline'

/** Records an act with the models that are live after it, and publishes it. Returns its time. */
export async function recordAct(
  transaction: Transaction<Tables>,
  { task, modelId, act }: { readonly task: string; readonly modelId: string | null; readonly act: ModelActKind },
  { by, reason, numbers = {} }: Actor,
): Promise<Date> {
  const live = await liveModels(transaction, task)
  const { id, actedAt } = await transaction
    .insertInto('model_acts')
    .values({
      task,
      modelId,
      act,
      actedBy: storableText(by),
      reason: storableText(reason),
      numbers: storableJson(numbers),
      live: storableJson(live),
    })
    .returning(['id', 'actedAt'])
    .executeTakeFirstOrThrow()
  const occurredAt = actedAt.getTime()
  const event = { id: `model-act/${id}`, occurredAt, source: 'api', task, act, modelId, by, reason, numbers }
  await putIntoOutbox(transaction, modelActsTopic.name, event)
  return actedAt
}

/** Returns the models that are live for a task now. */
export async function liveModels(database: Reader, task: string): Promise<LiveModels> {
  const models = await database
    .selectFrom('models')
    .select(['id', 'status', 'canaryShare'])
    .where('task', '=', task)
    .where('status', 'in', ['champion', 'canary', 'shadow'])
    .orderBy('id')
    .execute()
  const canary = models.find(({ status }) => status === 'canary')
  return {
    champion: models.find(({ status }) => status === 'champion')?.id ?? null,
    canary: canary === undefined ? null : { modelId: canary.id, share: canary.canaryShare ?? 0 },
    shadows: models.filter(({ status }) => status === 'shadow').map(({ id }) => id),
  }
}

/** Returns the acts of a task, or of all tasks, newest first. */
export function listActs(database: Reader, task: string | undefined, limit: number): Promise<StoredModelAct[]> {
  const acts = database.selectFrom('model_acts').selectAll().orderBy('id', 'desc').limit(limit)
  return (task === undefined ? acts : acts.where('task', '=', task)).execute()
}

/** Returns the acts that put a model into use or on trial, newest first. */
export function actsOfModel(database: Reader, modelId: string): Promise<StoredModelAct[]> {
  return database.selectFrom('model_acts').selectAll().where('modelId', '=', modelId).orderBy('id', 'desc').execute()
}

/** Returns the act by which a task is frozen; `undefined` if it is not. */
export async function freezeOf(database: Reader, task: string): Promise<StoredModelAct | undefined> {
  const newest = await database
    .selectFrom('model_acts')
    .selectAll()
    .where('task', '=', task)
    .where('act', 'in', ['freeze', 'unfreeze'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.act === 'freeze' ? newest : undefined
}

/** Returns the champion of a task before the current one; `undefined` if there was no other. */
export async function formerChampion(
  database: Reader,
  task: string,
  champion: string | undefined,
): Promise<string | undefined> {
  const acts = database
    .selectFrom('model_acts')
    .select('modelId')
    .where('task', '=', task)
    .where('act', 'in', ['promote', 'rollback'])
    .orderBy('id', 'desc')
    .limit(1)
  const former = await (champion === undefined ? acts : acts.where('modelId', '!=', champion)).executeTakeFirst()
  return former?.modelId ?? undefined
}

/** The live models of a task within a span of time. */
export interface LiveSpan {
  readonly task: string
  readonly from: Date
  /** The end of the span, exclusive; null: until now. */
  readonly to: Date | null
  readonly live: LiveModels
  readonly by: string
  readonly reason: string
}

/** Returns what was live at any time from `from` (inclusive) to `to` (exclusive), by task and in order of time. */
export async function liveBetween(database: Reader, from: Date, to: Date, task?: string): Promise<LiveSpan[]> {
  const { rows } = await sql<Omit<LiveSpan, 'live'> & { readonly live: LiveModels }>`
    select task, acted_at as "from", lead as "to", live, acted_by as by, reason from (
      select *, lead(acted_at) over (partition by task order by id) as lead from model_acts
      where act not in ('hold', 'warn', 'freeze', 'unfreeze')) acts
    where acted_at < ${to} and (lead is null or lead > ${from}) and (${task ?? null}::text is null or task = ${task ?? null})
    order by task, id`.execute(database)
  return rows
}
