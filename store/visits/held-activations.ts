import { sql, type Generated } from 'kysely'
import type { Database, Reader } from '../database.ts'
import type { Json, GeneratedTime } from '../tables.ts'
import { storableJson } from '../sql/stored-text.ts'

interface HeldActivationRow {
  readonly id: Generated<number>
  readonly setting: string
  readonly key: string
  readonly value: Json<unknown>
  readonly reason: string
  readonly changedBy: string
  readonly checked: Json<unknown>
  readonly heldAt: GeneratedTime
}

declare module '../tables.ts' {
  interface Tables {
    held_activations: HeldActivationRow
  }
}

/** Thrown when a policy is not activated because it flags more of the history than its limit allows. */
export class ActivationHeldError extends Error {
  override readonly name = 'ActivationHeldError'
}

/** Thrown when there is no earlier policy to go back to. */
export class NoEarlierVersionError extends Error {
  override readonly name = 'NoEarlierVersionError'
}

interface HeldActivation {
  readonly setting: string
  readonly key: string
  readonly value: object
  readonly reason: string
  readonly changedBy: string
  /** Result of the trial. */
  readonly checked: object
}

export async function recordHeldActivation(database: Database, held: HeldActivation): Promise<void> {
  await database
    .insertInto('held_activations')
    .values({ ...held, value: storableJson(held.value), checked: storableJson(held.checked) })
    .execute()
}

/** Returns the held activations of a setting's entry, newest first. */
export async function heldActivations(database: Reader, setting: string, key: string, limit: number) {
  return database
    .selectFrom('held_activations')
    .select(['reason', 'changedBy', 'heldAt', sql<{ text: string }>`checked`.as('checked')])
    .where('setting', '=', setting)
    .where('key', '=', key)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
