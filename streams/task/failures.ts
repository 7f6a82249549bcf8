import { AuthorizationError, KafkaError, isTransient } from '../../kafka/errors.ts'
import { TopicReplacedError } from '../input/replaced-topics.ts'
import { StoreWriteError } from '../state/store-errors.ts'

/** Severity of a task's failure and back-off before the task restarts. */

/**
 * Consecutive failures, without a transaction between them, after which the process should stop. Broker outages are
 * waited for instead.
 */
const FAILURES_MAX = 8
const BACK_OFF_MS = [100, 300, 1_000, 3_000, 5_000, 10_000, 10_000]
/** Shorter back-off for a broker outage: the client has retried for long already. */
const OUTAGE_BACK_OFF_MS_MAX = 1_000

/**
 * Returns the pause before a restart in ms; `undefined` if the process should stop.
 *
 * @param failures consecutive failures so far
 * @param fencedPauseMs pause after a lost transactional id
 */
export function restartPauseMs(error: unknown, failures: number, fencedPauseMs: number): number | undefined {
  if (!isOutage(error) && failures > FAILURES_MAX) return undefined
  if (isFenced(error)) return fencedPauseMs
  const backOffMs = BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length) - 1]!
  return error instanceof KafkaError && isOutage(error) ? Math.min(backOffMs, OUTAGE_BACK_OFF_MS_MAX) : backOffMs
}

export function levelOf(error: unknown): 'warn' | 'error' {
  return error instanceof StoreWriteError || needsOperator(error) ? 'error' : 'warn'
}

/**
 * Returns whether another producer has the transactional id. If the partition still belongs to this member, that
 * producer came late, and the group needs time to report it.
 */
function isFenced(error: unknown): boolean {
  return error instanceof Error && error.name === 'ProducerFencedError'
}

/**
 * Returns whether an operator must make a choice or restore a permission, which is possible while the process runs.
 * Other tasks go on, and readiness reports the failure.
 */
function needsOperator(error: unknown): boolean {
  return (
    error instanceof TopicReplacedError ||
    error instanceof AuthorizationError ||
    (error instanceof KafkaError && ['TOPIC_REPLACED', 'OFFSET_OUT_OF_RANGE'].includes(error.code))
  )
}

/**
 * Returns whether the failure passes without a restart of the process: the broker is unreachable or not ready, the disk
 * is full, or an operator must act.
 */
function isOutage(error: unknown): boolean {
  return isTransient(error) || error instanceof StoreWriteError || needsOperator(error)
}
