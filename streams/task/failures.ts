import { AuthorizationError, KafkaError, passesByItself } from '../../kafka/errors.ts'
import { TopicReplacedError } from '../input/replaced-topics.ts'
import { StoreWriteError } from '../state/store-errors.ts'

/** What the failure of a task means: how loud it is told, and how long the task waits before it starts again. */

/**
 * Failures in a row, without a transaction between them, after which the process should stop; an outage of the broker
 * is waited for.
 */
const FAILURES_MAX = 8
const BACK_OFF_MS = [100, 300, 1_000, 3_000, 5_000, 10_000, 10_000]
/** The client has waited and tried for long already when it says that the broker is away. */
const OUTAGE_BACK_OFF_MS_MAX = 1_000

/**
 * How long to wait after this many failures in a row; `undefined`: the process should stop.
 *
 * @param fencedPauseMs after a lost transactional id
 */
export function restartPauseMs(error: unknown, failures: number, fencedPauseMs: number): number | undefined {
  if (!isOutage(error) && failures > FAILURES_MAX) return undefined
  if (isFenced(error)) return fencedPauseMs
  const backOffMs = BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length) - 1]!
  return error instanceof KafkaError && isOutage(error) ? Math.min(backOffMs, OUTAGE_BACK_OFF_MS_MAX) : backOffMs
}

export function levelOf(error: unknown): 'warn' | 'error' {
  return error instanceof StoreWriteError || isForPeople(error) ? 'error' : 'warn'
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
