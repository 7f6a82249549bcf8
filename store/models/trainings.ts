import { sql, type Generated, type Selectable } from 'kysely'
import type { Database, Reader } from '../database.ts'
import type { PageRequest } from '../sql/page.ts'
import type { GeneratedTime } from '../tables.ts'

export const triggerKinds = ['first', 'schedule', 'labels', 'drift', 'request', 'command'] as const

/** What started a training. */
export interface TrainingTrigger {
  /**
   * `first`: the task had no model; `schedule`, `labels`, `drift`: the retrainer decided; `request`: a person asked for
   * it; `command`: `scoreline train`.
   */
  readonly kind: (typeof triggerKinds)[number]
  /** What the trigger saw, or the reason that a person gave. */
  readonly why: string
  /** The person who asked for it; null if nobody did. */
  readonly by: string | null
}

interface TrainingRow {
  readonly id: Generated<number>
  readonly task: string
  readonly trigger: TrainingTrigger['kind']
  readonly why: string
  readonly requestedBy: string | null
  readonly requestedAt: GeneratedTime
  readonly state: 'requested' | 'running' | 'ended' | 'failed'
  readonly attempts: Generated<number>
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  /** Training labels of the task when it began, and when the newest of them had become known. */
  readonly labels: number | null
  readonly labelsKnownTo: Date | null
  readonly result: string | null
  readonly modelId: string | null
  readonly promoted: boolean | null
}

declare module '../tables.ts' {
  interface Tables {
    trainings: TrainingRow
  }
}

export type StoredTraining = Selectable<TrainingRow>

/** The labels of a task at a moment. */
export interface LabelsSeen {
  readonly labels: number
  readonly knownTo: Date | null
}

/** The result of a training. */
export interface TrainingResult {
  readonly state: 'ended' | 'failed'
  readonly result: string
  readonly modelId?: string
  readonly promoted?: boolean
}

/** Starts of a requested training, after which it fails: it would end the retrainer again and again. */
const ATTEMPTS_MAX = 3
const RESULT_LENGTH_MAX = 2_000

/** Records that a person asks for a training. The retrainer starts it. */
export async function requestTraining(
  database: Database,
  { task, by, reason }: { readonly task: string; readonly by: string; readonly reason: string },
): Promise<StoredTraining> {
  return database
    .insertInto('trainings')
    .values({ ...notStarted, task, trigger: 'request', why: reason, requestedBy: by, state: 'requested' })
    .returningAll()
    .executeTakeFirstOrThrow()
}

const notStarted = {
  startedAt: null,
  endedAt: null,
  labels: null,
  labelsKnownTo: null,
  result: null,
  modelId: null,
  promoted: null,
}

/** Returns the oldest training that a person asked for and that has not begun. */
export function oldestRequest(database: Database): Promise<StoredTraining | undefined> {
  return database
    .selectFrom('trainings')
    .selectAll()
    .where('state', '=', 'requested')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** Records that a training begins: a requested one by its id, otherwise a new one. Returns its id. */
export async function beginTraining(
  database: Database,
  task: string,
  start: { readonly request: number } | { readonly trigger: TrainingTrigger },
  { labels, knownTo: labelsKnownTo }: LabelsSeen,
): Promise<number> {
  const running = { state: 'running', labels, labelsKnownTo } as const
  const now = sql<Date>`now()`
  const { id } = await ('request' in start
    ? database
        .updateTable('trainings')
        .set(({ eb }) => ({ ...running, startedAt: now, attempts: eb('attempts', '+', 1) }))
        .where('id', '=', start.request)
        .returning('id')
        .executeTakeFirstOrThrow()
    : database
        .insertInto('trainings')
        .values({
          ...{ ...notStarted, ...running, task, attempts: 1, startedAt: now },
          ...{ trigger: start.trigger.kind, why: start.trigger.why, requestedBy: start.trigger.by },
        })
        .returning('id')
        .executeTakeFirstOrThrow())
  return id
}

export async function endTraining(database: Database, id: number, ended: TrainingResult): Promise<void> {
  const { state, result, modelId = null, promoted = null } = ended
  await database
    .updateTable('trainings')
    .set({ state, result: result.slice(0, RESULT_LENGTH_MAX), modelId, promoted, endedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()
}

/** Returns the last training of a task that began. */
export function lastTraining(database: Database, task: string): Promise<StoredTraining | undefined> {
  return database
    .selectFrom('trainings')
    .selectAll()
    .where('task', '=', task)
    .where('startedAt', 'is not', null)
    .where('state', '!=', 'requested')
    .orderBy('startedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Lists trainings, newest first. */
export function listTrainings(
  database: Reader,
  { task }: { readonly task?: string | undefined },
  { limit, after }: Pick<PageRequest, 'limit'> & { readonly after?: number | undefined },
): Promise<StoredTraining[]> {
  let query = database.selectFrom('trainings').selectAll().orderBy('id', 'desc').limit(limit)
  if (task !== undefined) query = query.where('task', '=', task)
  if (after !== undefined) query = query.where('id', '<', after)
  return query.execute()
}

/**
 * Runs the work while no other process trains the task; returns `undefined` without running it if one does. The lock
 * ends with the connection, so that of a process that was killed does not remain.
 */
export function withTrainingLock<Result>(
  database: Database,
  task: string,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  return database.connection().execute(async (session) => {
    const { rows } = await sql<{ locked: boolean }>`
      select pg_try_advisory_lock(hashtext('training'), hashtext(${task})) as locked`.execute(session)
    if (rows[0]?.locked !== true) return undefined
    try {
      return await work()
    } finally {
      // A connection that broke meanwhile has lost its locks.
      await sql`select pg_advisory_unlock(hashtext('training'), hashtext(${task}))`.execute(session).catch(() => {})
    }
  })
}

/**
 * Records what became of trainings whose process ended in the middle: the request of a person waits again, up to three
 * starts in all; any other has failed. Returns their tasks.
 */
export async function closeInterrupted(database: Database): Promise<readonly string[]> {
  const running = await database
    .selectFrom('trainings')
    .select(['id', 'task'])
    .where('state', '=', 'running')
    .orderBy('id')
    .execute()
  const closed: string[] = []
  for (const { id, task } of running) {
    const changed = await withTrainingLock(database, task, () => closeOne(database, id))
    if (changed === true) closed.push(task)
  }
  return closed
}

async function closeOne(database: Database, id: number): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    update trainings set
      state = case when trigger = 'request' and attempts < ${ATTEMPTS_MAX} then 'requested' else 'failed' end,
      ended_at = now(), result = 'The process ended in the middle of the training. The model in use stays.'
    where id = ${id} and state = 'running' returning id`.execute(database)
  return rows.length > 0
}
