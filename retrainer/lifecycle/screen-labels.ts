import { PERIOD_MS } from '../../processors/models/labels/label-rules.ts'
import { everySource, trustedSourceSetting, type TrustValue } from '../../processors/models/trusted-source-setting.ts'
import type { Database } from '../../store/database.ts'
import { holdLabels, labelGroups } from '../../store/models/label-holds.ts'
import { newestSetting } from '../../store/versioned-settings.ts'
import { outlyingLabels } from './outlying-labels.ts'

/** Whose labels a training uses, by the setting of its task. */
export interface LabelTrust extends TrustValue {
  /** Version of the setting; 0 for the default. */
  readonly version: number
}

export async function labelTrustOf(database: Database, task: string): Promise<LabelTrust> {
  const set = await newestSetting(database, trustedSourceSetting, task)
  const value = set?.value ?? trustedSourceSetting.defaults.get(task) ?? everySource
  return { ...value, version: set?.version ?? 0 }
}

/** Holds the labels of a task that have an outlying mean. Returns how many, besides those that were held before. */
export async function holdOutlyingLabels(
  database: Database,
  task: string,
  featureSet: string,
  { sources, rateDifferenceMax }: LabelTrust,
): Promise<number> {
  const groups = await labelGroups(database, task, featureSet, PERIOD_MS)
  const isTrusted = (name: string) => sources.length === 0 || sources.includes(name)
  const trusted = groups.filter(({ kind, name }) => kind === 'reviewer' || isTrusted(name))
  const held = await holdLabels(database, outlyingLabels(task, trusted, rateDifferenceMax))
  return held.reduce((sum, { labels }) => sum + labels, 0)
}
