import type { Model } from '../../../models/model.ts'
import { releaseGateSetting } from '../../../processors/models/release-gate-setting.ts'
import { thresholdSetting } from '../../../processors/loans/threshold-setting.ts'
import type { Database } from '../../../store/database.ts'
import { currentScores } from '../../../store/models/current-scores.ts'
import { newestSetting } from '../../../store/versioned-settings.ts'
import { builtInGate } from '../challenger.ts'
import { rescored } from '../rescored.ts'
import type { Gate, OutcomeShift } from './decide.ts'
import { outcomeShift } from './outcome-shift.ts'

/** Threshold of tasks that have none of their own. */
const THRESHOLD_DEFAULT = 0.5
/** Number of current scores, the newest, that a challenger is compared with. */
const CURRENT_MAX = 2_000

/** Returns the gate of a task: as people have set it, or the built-in one. */
export async function gateOf(database: Database, task: string): Promise<Gate> {
  const set = await newestSetting(database, releaseGateSetting, task)
  return set === undefined ? builtInGate : { version: set.version, rules: set.value }
}

/**
 * Returns what a challenger would change for the subjects that the champion scores now; `undefined` if there is no
 * champion, if it has not scored yet, or if its outputs differ from the challenger’s.
 */
export async function currentShift(
  database: Database,
  { rules }: Gate,
  challenger: Model,
  champion: Model | undefined,
): Promise<OutcomeShift | undefined> {
  if (champion === undefined || champion.outputs.join('\0') !== challenger.outputs.join('\0')) return undefined
  const { task, featureSet } = challenger
  const current = await currentScores(database, { task, modelId: champion.id, featureSet }, CURRENT_MAX)
  if (current.length === 0) return undefined
  const highest = await rescored(challenger, current)
  return outcomeShift(current, highest, rules.threshold ?? (await thresholdOf(database, task)))
}

async function thresholdOf(database: Database, task: string): Promise<number> {
  const set = await newestSetting(database, thresholdSetting, task)
  return (set?.value ?? thresholdSetting.defaults.get(task))?.value ?? THRESHOLD_DEFAULT
}
