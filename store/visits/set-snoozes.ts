import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import type { Snooze } from '../../schemas/visits/snoozes.ts'
import type { Database } from '../database.ts'
import { newestSettings, setSettings, SettingRefusedError, type SettingVersion } from '../versioned-settings.ts'

/** Snoozes to set, one per rule and named salesperson or customer. */
export interface SnoozeRequest {
  readonly rules: readonly string[]
  readonly salespersonIds: readonly string[]
  readonly customerIds: readonly string[]
  /** Start and end of the snoozes, ms. */
  readonly from: number
  readonly until: number
  readonly reason: string
  readonly changedBy: string
}

type SnoozeValue = Omit<Snooze, 'id'>

const SNOOZES_MAX = 500

/**
 * Sets several snoozes, all or none. A snooze is identified by its rule and its salesperson or customer, so that
 * setting it again replaces it. Throws `SettingRefusedError` for values that the setting refuses, and
 * `VersionConflictError` if somebody else changes one at the same time.
 */
export async function setSnoozes(
  database: Database,
  setting: VersionedSetting<SnoozeValue>,
  { rules, salespersonIds, customerIds, changedBy, ...times }: SnoozeRequest,
): Promise<SettingVersion<SnoozeValue>[]> {
  const about = [
    ...salespersonIds.map((id) => ({ name: `salesperson:${id}`, salespersonId: id, customerId: null })),
    ...customerIds.map((id) => ({ name: `customer:${id}`, salespersonId: null, customerId: id })),
  ]
  const count = about.length * rules.length
  if (count === 0 || count > SNOOZES_MAX)
    throw new SettingRefusedError(
      `These are ${count} snoozes, and may be 1 to ${SNOOZES_MAX}: name at least one rule and one salesperson or customer.`,
    )
  const held = new Map((await newestSettings(database, setting)).map(({ key, version }) => [key, version]))
  const changes = [...new Set(rules)].flatMap((rule) =>
    about.map(({ name, ...who }) => {
      const key = `${rule}:${name}`
      return { key, value: { rule, ...who, ...times, retired: false }, expectedVersion: held.get(key) ?? 0 }
    }),
  )
  return setSettings(database, setting, changedBy, changes)
}
