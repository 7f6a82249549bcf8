import { thresholdSetting } from '../../processors/loans/threshold-setting.ts'
import { newestSetting, setSetting, type SettingVersion } from '../../store/versioned-settings.ts'
import { nameOf } from '../audit-fields.ts'
import type { DefineCommand } from '../define-command.ts'
import { withDatabase } from '../../composition/database.ts'

const { defaults } = thresholdSetting

/** Defines `scoreline thresholds`: the same thresholds as in the API, with the same audit trail. */
export const defineThresholds: DefineCommand = (command, context) => {
  command
    .command('list')
    .description('list the current threshold of each task, with who set it and when, one JSON object per line')
    .action(async () => {
      const here = context()
      await withDatabase(here, 'thresholds', async (database) => {
        for (const [task, { value }] of defaults) {
          const newest = await newestSetting(database, thresholdSetting, task)
          here.print(newest === undefined ? shown(task, 0, value, null, null) : shownVersion(newest))
        }
      })
    })
  command
    .command('set')
    .description('change a threshold; running processors apply it between two transactions')
    .argument('<task>', [...defaults.keys()].join(', '))
    .argument('<value>', 'from 0 to 1')
    .requiredOption('--by <name>', 'name of the person responsible for the change; kept in the audit trail')
    .action(async (task: string, text: string, { by }: { by: string }) => {
      const here = context()
      const value = thresholdOf(text)
      requireThreshold(task)
      const changedBy = nameOf(by)
      const set = await withDatabase(here, 'thresholds', async (database) => {
        const newest = await newestSetting(database, thresholdSetting, task)
        const change = { key: task, value: { value }, changedBy, expectedVersion: newest?.version ?? 0 }
        return setSetting(database, thresholdSetting, change)
      })
      here.print(shownVersion(set))
    })
}

function shownVersion({
  key,
  version,
  value,
  changedBy,
  changedAt,
}: SettingVersion<{ readonly value: number }>): string {
  return shown(key, version, value.value, changedBy, changedAt)
}

function shown(task: string, version: number, value: number, changedBy: string | null, changedAt: Date | null): string {
  return JSON.stringify({ task, version, value, changedBy, changedAt })
}

function requireThreshold(task: string): void {
  if (defaults.has(task)) return
  throw new Error(
    `There is no threshold for ${JSON.stringify(task)}. Tasks with a threshold: ${[...defaults.keys()].join(', ')}.`,
  )
}

function thresholdOf(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value >= 0 && value <= 1) return value
  throw new Error(`A threshold must be a number from 0 to 1, not ${JSON.stringify(text)}.`)
}
