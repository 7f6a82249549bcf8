import type { Position } from '../state/reserved-kinds.ts'

/** Keys that this transaction rescores and decides again, because settings of published decisions have changed. */
export interface ReevaluationStep {
  readonly keys: readonly string[]
  /** Target version of the re-evaluation; part of the ids of what it publishes. */
  readonly id: string
  /** Keys are left for the next transaction. */
  readonly more: boolean
}

const KEYS_PER_TRANSACTION = 200

/**
 * The next step of the re-evaluation that is due or in progress; `undefined`: none. A newer change restarts it from the
 * first key. A task that has decided nothing yet has nothing to re-evaluate.
 */
export function nextReevaluation(
  position: Position | undefined,
  settingsVersion: string,
  keysAfter: (after: string | null, limit: number) => string[],
): ReevaluationStep | undefined {
  if (position === undefined) return undefined
  const isNew = position.settingsVersion !== settingsVersion
  if (!isNew && !position.sweeping) return undefined
  const keys = keysAfter(isNew ? null : position.sweptTo, KEYS_PER_TRANSACTION)
  return { keys, id: settingsVersion, more: keys.length === KEYS_PER_TRANSACTION }
}
