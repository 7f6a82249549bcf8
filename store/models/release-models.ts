import { sql, type Transaction } from 'kysely'
import { releases, TRIALS_MAX } from '../../schemas/models/releases.ts'
import type { Database } from '../database.ts'
import { putIntoOutbox } from '../operations/outbox.ts'
import type { Tables } from '../tables.ts'
import { freezeOf, recordAct, SYSTEM, type Actor } from './model-acts.ts'
import { ModelStateError, UnknownModelError, type StoredModel } from './models.ts'

/** A release holds the artefacts of all live models of its task and must fit into one record of 8 MiB. */
const ARTEFACT_BYTES_MAX = 7.5 * 2 ** 20

/** How a model comes into use. */
export type PromotionAct = 'promote' | 'rollback'

/**
 * Makes a model the champion of its task and retires the former one. The release reaches running processors through the
 * outbox. Throws `UnknownModelError`, and `ModelStateError` if the platform itself promotes it while its task is frozen.
 */
export function promoteModel(
  database: Database,
  id: string,
  reason: string,
  { by = SYSTEM, act = 'promote', numbers }: Partial<Actor> & { readonly act?: PromotionAct } = {},
): Promise<void> {
  return changing(database, id, async (transaction, model) => {
    const freeze = by === SYSTEM ? await freezeOf(transaction, model.task) : undefined
    if (freeze !== undefined)
      throw new ModelStateError(`${model.task} is frozen by ${freeze.actedBy}: ${freeze.reason}. Unfreeze it first.`)
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
      .set({ status: 'champion', reason, releasedAt: sql`now()`, canaryShare: null })
      .where('id', '=', id)
      .execute()
    await recordAct(transaction, { task: model.task, modelId: id, act }, { by, reason, numbers })
    await publishRelease(transaction, model.task, former?.id ?? null)
  })
}

/** How a model is tried beside the champion. */
export type TrialMode = { readonly mode: 'shadow' } | { readonly mode: 'canary'; readonly share: number }

/**
 * Tries a model beside the champion of its task, or changes how it is tried. Throws `UnknownModelError`, and
 * `ModelStateError` if there is nothing to try it beside, too much is on trial, or another model is the canary.
 */
export function tryModel(database: Database, id: string, trial: TrialMode, actor: Actor): Promise<void> {
  return changing(database, id, async (transaction, { task, status, featureSet }) => {
    const live = await transaction
      .selectFrom('models')
      .select(['id', 'status', 'featureSet'])
      .where('task', '=', task)
      .where('status', 'in', ['champion', 'shadow', 'canary'])
      .execute()
    const champion = live.find((one) => one.status === 'champion')
    const canary = live.find((one) => one.status === 'canary' && one.id !== id)
    const others = live.filter((one) => one.status !== 'champion' && one.id !== id)
    if (status === 'champion') throw new ModelStateError(`${id} is the champion of ${task}: it needs no trial.`)
    if (champion === undefined) throw new ModelStateError(`${task} has no champion to try ${id} beside: promote one.`)
    if (champion.featureSet !== featureSet)
      throw new ModelStateError(`${id} reads ${featureSet}, and the champion ${champion.featureSet}: train it again.`)
    if (trial.mode === 'canary' && canary !== undefined)
      throw new ModelStateError(`${canary.id} is the canary of ${task} already: withdraw it first.`)
    if (others.length >= TRIALS_MAX)
      throw new ModelStateError(`${task} has ${others.length} models on trial, the most: withdraw one first.`)
    await transaction
      .updateTable('models')
      .set({ status: trial.mode, canaryShare: trial.mode === 'canary' ? trial.share : null })
      .where('id', '=', id)
      .execute()
    const numbers = trial.mode === 'canary' ? { share: trial.share } : undefined
    await recordAct(transaction, { task, modelId: id, act: trial.mode }, { ...actor, numbers })
    await publishRelease(transaction, task, null)
  })
}

/** Ends the trial of a model. Throws `UnknownModelError`, and `ModelStateError` if it is not on trial. */
export function withdrawModel(database: Database, id: string, actor: Actor): Promise<void> {
  return changing(database, id, async (transaction, { task, status, releasedAt }) => {
    if (status !== 'shadow' && status !== 'canary')
      throw new ModelStateError(`${id} is not on trial: it is a ${status}.`)
    await transaction
      .updateTable('models')
      .set({ status: releasedAt === null ? 'challenger' : 'retired', canaryShare: null })
      .where('id', '=', id)
      .execute()
    await recordAct(transaction, { task, modelId: id, act: 'withdraw' }, actor)
    await publishRelease(transaction, task, null)
  })
}

/** Records that the gate held a model back. */
export function holdModel(database: Database, id: string, reason: string, numbers: Actor['numbers']): Promise<void> {
  return changing(database, id, async (transaction, { task }) => {
    await recordAct(transaction, { task, modelId: id, act: 'hold' }, { by: SYSTEM, reason, numbers })
  })
}

/**
 * Freezes a task, so that the platform itself releases and takes back nothing, or ends that. Throws `ModelStateError` if
 * it is so already.
 */
export function freezeTask(database: Database, task: string, freeze: boolean, actor: Actor): Promise<void> {
  return database.transaction().execute(async (transaction) => {
    await lockReleases(transaction)
    const held = await freezeOf(transaction, task)
    if (freeze && held !== undefined)
      throw new ModelStateError(`${task} is frozen already, by ${held.actedBy}: ${held.reason}`)
    if (!freeze && held === undefined) throw new ModelStateError(`${task} is not frozen.`)
    await recordAct(transaction, { task, modelId: null, act: freeze ? 'freeze' : 'unfreeze' }, actor)
  })
}

type ChangedModel = Omit<StoredModel, 'artefact'>

function changing(
  database: Database,
  id: string,
  change: (transaction: Transaction<Tables>, model: ChangedModel) => Promise<void>,
): Promise<void> {
  return database.transaction().execute(async (transaction) => {
    await lockReleases(transaction)
    const model = await transaction.selectFrom('models').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (model === undefined) throw new UnknownModelError(`There is no model ${id}.`)
    await change(transaction, model)
  })
}

/** Serialises releases, so that the later of two sees the champion of the earlier one. */
async function lockReleases(transaction: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('release'))`.execute(transaction)
}

/** Publishes the live models of a task as one record, so that processors adopt all of them at once. */
async function publishRelease(transaction: Transaction<Tables>, task: string, replaces: string | null): Promise<void> {
  const live = await transaction
    .selectFrom('models')
    .select(['id', 'algorithm', 'featureSet', 'artefact', 'metrics', 'reason', 'status', 'canaryShare'])
    .where('task', '=', task)
    .where('status', 'in', ['champion', 'shadow', 'canary'])
    .orderBy('id')
    .execute()
  const champion = live.find(({ status }) => status === 'champion')!
  const bytes = live.reduce((sum, { artefact }) => sum + artefact.length, 0)
  if (live.length > 1 && bytes > ARTEFACT_BYTES_MAX)
    throw new ModelStateError(
      `The live models of ${task} take ${bytes} bytes together and may take ${ARTEFACT_BYTES_MAX}: withdraw one first.`,
    )
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(transaction)
  const occurredAt = rows[0]!.now.getTime()
  await putIntoOutbox(transaction, releases.name, {
    id: `release/${task}/${champion.id}/${occurredAt}`,
    occurredAt,
    source: 'retrainer',
    task,
    modelId: champion.id,
    algorithm: champion.algorithm,
    featureSet: champion.featureSet,
    artefact: champion.artefact.toString('base64'),
    metrics: champion.metrics,
    reason: champion.reason,
    replaces,
    trials: live
      .filter(({ status }) => status !== 'champion')
      .map(({ id, algorithm, featureSet, artefact, status, canaryShare }) => ({
        mode: status,
        share: canaryShare ?? 0,
        modelId: id,
        algorithm,
        featureSet,
        artefact: artefact.toString('base64'),
      })),
  })
}
