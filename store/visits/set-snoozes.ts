import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import type { Snooze } from '../../schemas/visits/snoozes.ts'
import type { Database } from '../database.ts'
import { newestSettings, setSettings, SettingRefusedError, type SettingVersion } from '../versioned-settings.ts'

/** Each rule for each of the named. */
export interface WantedSnoozes {
  readonly rules: readonly string[]
  readonly salespersonIds: readonly string[]
  readonly customerIds: readonly string[]
  /** When they are set and when they end, ms. */
  readonly from: number
  readonly until: number
  readonly reason: string
  readonly changedBy: string
}

type SnoozeValue = Omit<Snooze, 'id'>

const MOST = 500

/**
 * Sets many snoozes, all or none. A snooze is named by its rule and whom it is about: set again, it is replaced.
 * Throws `SettingRefusedError` for what the setting refuses, and `VersionConflictError` where somebody else sets one.
 */
export async function setSnoozes(
  database: Database,
  setting: VersionedSetting<SnoozeValue>,
  { rules, salespersonIds, customerIds, changedBy, ...times }: WantedSnoozes,
): Promise<SettingVersion<SnoozeValue>[]> {
  const about = [
    ...salespersonIds.map((id) => ({ name: `salesperson:${id}`, salespersonId: id, customerId: null })),
    ...customerIds.map((id) => ({ name: `customer:${id}`, salespersonId: null, customerId: id })),
  ]
  const count = about.length * rules.length
  if (count === 0 || count > MOST)
    throw new SettingRefusedError(
      `These are ${count} snoozes, and may be 1 to ${MOST}: name at least one rule and one salesperson or customer.`,
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
