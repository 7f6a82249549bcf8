import { createCheckpointing } from '../checkpoint/checkpointing.ts'
import { levelOf, restartPauseMs } from './failures.ts'
import { jittered } from './jitter.ts'
import type { LogFields } from '../log.ts'
import type { TaskState } from '../metrics.ts'
import { createSleeper, pause, type Sleeper } from './loop.ts'
import type { TaskContext } from './task-context.ts'
import { openTaskSession, type SessionEnd, type TaskSession } from './task-session.ts'

/**
 * A processor on one input partition. It opens a session (fence, restore, seek), processes transaction by transaction,
 * and opens a new session after any failure: doubtful state is always restored from the changelog.
 */
export interface Task {
  readonly partition: number
  /** Records waiting for the task; `undefined` while it is still being taken over. */
  lag(): number | undefined
  /** Signals that records have arrived for the task. */
  wake(): void
  /** Ends the open transaction, writes a checkpoint and releases everything. */
  stop(): Promise<void>
  /** Releases everything without writing, since the partition may belong to another process already. */
  abandon(): Promise<void>
}

/** Maximum sleep without input: short while a checkpoint may fall due, else long enough to notice failing inputs. */
const IDLE_MS = 1_000
const AT_REST_MS = 5_000

/** Pause between two pieces of a checkpoint without input. */
const PIECE_PAUSE_MS = 10

interface TaskLoop {
  readonly context: TaskContext
  readonly partition: number
  readonly name: string
  readonly stopping: AbortController
  readonly sleeper: Sleeper
  /** Session that was opened last. */
  session: TaskSession | undefined
  /** Consecutive failures without progress between them. */
  failures: number
  /** The state that was reported last, with its reason. */
  reported: readonly [state: TaskState, reason?: string | undefined]
  /** How the last session ends. */
  end: Exclude<SessionEnd, 'failed' | 'erased'>
}

export function startTask(context: TaskContext, partition: number): Task {
  const stopping = new AbortController()
  const task: TaskLoop = {
    context,
    partition,
    name: `${context.processor.name}/${partition}`,
    stopping,
    sleeper: createSleeper(stopping.signal),
    session: undefined,
    failures: 0,
    reported: ['restoring'],
    end: 'finished',
  }
  // A task that has moved to another process waits for nothing here.
  context.metrics.taskChanged(context.processor.name, partition, 'restoring')
  const running = runSessions(task).finally(() => {
    context.metrics.lag(context.processor.name, partition, 0)
    report(task, 'ended')
  })

  function end(how: TaskLoop['end']): Promise<void> {
    task.end = how
    stopping.abort()
    return running
  }

  return {
    partition,
    lag: () => task.session?.lag(),
    wake: task.sleeper.wake,
    stop: () => end('finished'),
    abandon: () => end('lost'),
  }
}

/** Opens sessions one after another until the task ends. */
async function runSessions(task: TaskLoop): Promise<void> {
  const { context, partition, stopping } = task
  while (!stopping.signal.aborted) {
    let session: TaskSession | undefined
    if (task.failures === 0) report(task, 'restoring')
    try {
      session = await openTaskSession(context, partition, stopping.signal)
      task.session = session
      if (session !== undefined && task.failures === 0) report(task, 'running')
      const end = session === undefined ? undefined : await work(task, session)
      await session?.close(end ?? task.end)
    } catch (error) {
      await session
        ?.close('failed')
        .catch((closing: unknown) => context.log('warn', 'A task could not be closed cleanly', about(task, closing)))
      if (stopping.signal.aborted) return
      const pauseMs = failed(task, error)
      if (pauseMs === undefined) return context.onFatal(error as Error)
      await pause(pauseMs, stopping.signal)
    }
  }
}

/** Runs transactions until the task ends, or people were erased. Any error ends the session. */
async function work(task: TaskLoop, session: TaskSession): Promise<'erased' | undefined> {
  const { context, partition, name, stopping, sleeper } = task
  const { log, metrics, processor, health, commitIntervalMs, commitPace, unflushedBytesMax } = context
  const checkpointing = createCheckpointing({
    run: session,
    processor: processor.name,
    partition,
    unflushedBytesMax,
    log,
    metrics,
    now: () => performance.now(),
  })
  await pause(jittered(partition, commitIntervalMs), stopping.signal)
  while (!stopping.signal.aborted) {
    if (checkpointing.mustWait()) {
      await pause(IDLE_MS, stopping.signal)
      await checkpointing.ifDue()
      continue
    }
    const startedAt = performance.now()
    sleeper.beginTurn()
    const { worked, full, committed, erased } = await session.transact()
    // With no backlog, all inputs are read to their ends: an idle task is healthy too.
    const stalled = session.failing()
    if (stalled !== undefined) {
      health.failed(name, stalled)
      report(task, 'failed', messageOf(stalled))
    } else if (worked || session.lag() === 0) progressed(task)
    // LMDB keeps deleted bytes in free pages: a store that is opened anew is copied without them.
    if (erased) return 'erased'
    await checkpointing.ifDue()
    if (!worked) await sleeper.sleep(pauseOf(session))
    else if (!full) {
      const ownPauseMs = Math.max(0, commitIntervalMs - (performance.now() - startedAt))
      const turnMs = committed ? commitPace?.pauseMs() : undefined
      await pause(Math.max(ownPauseMs, turnMs ?? 0), stopping.signal)
    }
  }
  return undefined
}

function pauseOf(session: TaskSession): number {
  if (session.isCheckpointing()) return PIECE_PAUSE_MS
  return session.unflushedBytes() > 0 ? IDLE_MS : AT_REST_MS
}

function progressed(task: TaskLoop): void {
  task.context.health.worked(task.name)
  task.failures = 0
  report(task, 'running')
}

/** Reports the state unless it is the one that was reported last. */
function report(task: TaskLoop, state: TaskState, reason?: string): void {
  if (task.reported[0] === state && task.reported[1] === reason) return
  task.reported = [state, reason]
  task.context.metrics.taskChanged(task.context.processor.name, task.partition, state, reason)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function about({ context, partition }: TaskLoop, error: unknown): LogFields {
  return { processor: context.processor.name, partition, error }
}

/** Records a failure and returns the pause before the next session in ms; `undefined` if the process should stop. */
function failed(task: TaskLoop, error: unknown): number | undefined {
  const { context, partition, name } = task
  const { log, metrics, health, processor, fencedPauseMs } = context
  task.failures++
  health.failed(name, error)
  metrics.taskFailed(processor.name, partition)
  report(task, 'failed', messageOf(error))
  log(levelOf(error), 'A task restarts after a failure', { failures: task.failures, ...about(task, error) })
  return restartPauseMs(error, task.failures, fencedPauseMs)
}
