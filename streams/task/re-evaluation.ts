import { changedBetween } from '../settings/settings-version.ts'
import type { Position } from '../state/reserved-kinds.ts'

/** Keys that this transaction scores and decides again because settings have changed. */
export interface ReevaluationStep {
  readonly keys: readonly string[]
  /** Target settings version; part of the ids of published messages. */
  readonly id: string
  /** Whether keys are left for the next transaction. */
  readonly more: boolean
  /** Names of the deciders whose settings have changed; `undefined`: all decide again. */
  readonly deciders?: readonly string[] | undefined
}

const KEYS_PER_TRANSACTION = 200

/**
 * Returns the next step of the re-evaluation that is due or in progress; `undefined` if none. A newer change restarts
 * it from the first key. A task that has decided nothing yet has nothing to re-evaluate.
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
  const deciders = changedDeciders(position, settingsVersion)
  return { keys, id: settingsVersion, more: keys.length === KEYS_PER_TRANSACTION, deciders }
}

/** Returns the deciders that the pass was started for and those whose settings changed since; `undefined`: all. */
function changedDeciders(position: Position, settingsVersion: string): readonly string[] | undefined {
  const { sweeping, sweptFor = null, settingsVersion: before } = position
  if (sweeping && sweptFor === null) return undefined
  const changed = changedBetween(before, settingsVersion)
  if (changed === undefined || !sweeping) return changed
  return [...new Set([...sweptFor!, ...changed])]
}
