import type { Position } from '../state/reserved-kinds.ts'

/** Keys that this transaction rescores and decides anew, because something that published decisions rest on has changed. */
export interface ReevaluationStep {
  readonly keys: readonly string[]
  /** Names what the sweep leads to; part of the ids of what it publishes. */
  readonly id: string
  /** Keys are left for the next transaction. */
  readonly more: boolean
}

const KEYS_PER_TRANSACTION = 200

/**
 * The next step of the sweep that is due or under way; `undefined`: none. A newer change starts it from the first key again. A task
 * that has decided nothing yet has nothing to sweep.
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
