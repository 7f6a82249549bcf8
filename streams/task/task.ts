import { AuthorizationError, KafkaError, passesByItself } from '../../kafka/errors.ts'
import { createCheckpointing } from '../checkpoint/checkpointing.ts'
import { TopicReplacedError } from '../input/replaced-topics.ts'
import { createSleeper, pause } from './loop.ts'
import { StoreWriteError } from '../state/store-errors.ts'
import { jittered } from './jitter.ts'
import type { TaskContext } from './task-context.ts'
import { openTaskSession, type TaskSession } from './task-session.ts'

/**
 * A processor on one input partition. It opens a session (fence, restore, seek), processes transaction by transaction,
 * and opens a new session after any failure: state in doubt is read back from the changelog, never guessed.
 */
export interface Task {
  readonly partition: number
  /** Records that wait for it; `undefined`: it is still being taken over. */
  lag(): number | undefined
  /** Something has come for it. */
  wake(): void
  /** Ends the open transaction, writes a checkpoint and gives everything back. */
  stop(): Promise<void>
  /** The partition may be another's already: gives everything back and writes nothing more. */
  abandon(): Promise<void>
}

/**
 * Failures in a row, without a transaction between them, after which the process should stop; an outage of the broker
 * is waited for.
 */
const FAILURES_MAX = 8
const BACK_OFF_MS = [100, 300, 1_000, 3_000, 5_000, 10_000, 10_000]
/** The client has waited and tried for long already when it says that the broker is away. */
const OUTAGE_BACK_OFF_MS_MAX = 1_000
/** While nothing comes: look for a due checkpoint. */
const IDLE_MS = 1_000

/** Between two pieces of a checkpoint while nothing comes. */
const PIECE_PAUSE_MS = 10

export function startTask(context: TaskContext, partition: number): Task {
  const { log, metrics, processor, health } = context
  const name = `${processor.name}/${partition}`
  const stopping = new AbortController()
  const sleeper = createSleeper(stopping.signal)
  let keep = true
  let current: TaskSession | undefined

  async function work(run: TaskSession, progressed: () => void): Promise<void> {
    const checkpointing = createCheckpointing({
      run,
      processor: processor.name,
      partition,
      unflushedBytesMax: context.unflushedBytesMax,
      log,
      metrics,
      now: () => performance.now(),
    })
    await pause(jittered(partition, context.commitIntervalMs), stopping.signal)
    while (!stopping.signal.aborted) {
      if (checkpointing.mustWait()) {
        await pause(IDLE_MS, stopping.signal)
        await checkpointing.ifDue()
        continue
      }
      const startedAt = performance.now()
      sleeper.beginTurn()
      const { worked, full } = await run.transact()
      // With no backlog, all inputs are read to their ends: an idle task is healthy too.
      const stalled = run.failing()
      if (stalled !== undefined) health.failed(name, stalled)
      else if (worked || run.lag() === 0) progressed()
      await checkpointing.ifDue()
      if (!worked) await sleeper.sleep(run.isCheckpointing() ? PIECE_PAUSE_MS : IDLE_MS)
      else if (!full)
        await pause(Math.max(0, context.commitIntervalMs - (performance.now() - startedAt)), stopping.signal)
    }
  }

  async function live(): Promise<void> {
    let failures = 0
    while (!stopping.signal.aborted) {
      let run: TaskSession | undefined
      try {
        run = await openTaskSession(context, partition, stopping.signal)
        current = run
        const progressed = () => {
          health.worked(name)
          failures = 0
        }
        if (run !== undefined) await work(run, progressed)
        await run?.close(keep)
      } catch (error) {
        await run
          ?.close(false)
          .catch((closing: unknown) =>
            log('warn', `${processor.name}/${partition} could not be closed cleanly: ${String(closing)}`),
          )
        if (stopping.signal.aborted) return
        failures++
        health.failed(name, error)
        metrics.taskFailed(processor.name, partition)
        const level = error instanceof StoreWriteError || isForPeople(error) ? 'error' : 'warn'
        log(level, `${processor.name}/${partition} restarts after a failure (${failures} in a row): ${describe(error)}`)
        if (!isOutage(error) && failures > FAILURES_MAX) return context.onFatal(error as Error)
        const backOffMs = BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length) - 1]!
        const bounded =
          error instanceof KafkaError && isOutage(error) ? Math.min(backOffMs, OUTAGE_BACK_OFF_MS_MAX) : backOffMs
        await pause(isFenced(error) ? context.fencedPauseMs : bounded, stopping.signal)
      }
    }
  }

  const life = live()

  function end(keepCheckpoint: boolean): Promise<void> {
    keep = keepCheckpoint
    stopping.abort()
    return life
  }

  return { partition, lag: () => current?.lag(), wake: sleeper.wake, stop: () => end(true), abandon: () => end(false) }
}

/**
 * Somebody else has the transactional id. If the partition is still this member's, that was a latecomer: give the group
 * time to say so.
 */
function isFenced(error: unknown): boolean {
  return error instanceof Error && error.name === 'ProducerFencedError'
}

/**
 * Operators must make a choice or restore a permission, and can do so while the process runs. Other tasks go on, and
 * readiness reports it.
 */
function isForPeople(error: unknown): boolean {
  return (
    error instanceof TopicReplacedError ||
    error instanceof AuthorizationError ||
    (error instanceof KafkaError && ['TOPIC_REPLACED', 'OFFSET_OUT_OF_RANGE'].includes(error.code))
  )
}

/**
 * The broker can't be reached or is not ready, or the disk is full: that passes, and nothing else of the process is
 * wrong.
 */
function isOutage(error: unknown): boolean {
  return passesByItself(error) || error instanceof StoreWriteError || isForPeople(error)
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
