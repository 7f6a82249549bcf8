import { compileCondition } from '../../features/calls/groups/compile-condition.ts'
import type { TargetGroup } from '../../schemas/calls/target-groups.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { saveScript, scriptStatusesById, type ScriptContent, type ScriptGroup } from '../../store/calls/scripts.ts'
import type { Database } from '../../store/database.ts'
import { ProblemError } from '../http/problem.ts'
import { activeSetting } from '../versioned-settings.ts'

/** Describes a target group for the script database; `undefined` for customers in no group. */
export async function scriptGroup(
  database: Database,
  groups: VersionedSetting,
  targetGroup: string | null,
): Promise<ScriptGroup | undefined> {
  if (targetGroup === null) return undefined
  const { version, value } = await activeSetting(database, groups, targetGroup)
  return { targetGroup, groupVersion: version, features: compileCondition((value as TargetGroup).condition).fields }
}

interface Review {
  /** Whether only approved scripts may be used. */
  readonly reviewed: boolean
  readonly group: ScriptGroup | undefined
  readonly at: Date
}

/**
 * Returns the scripts that may be used: none that was rejected and, if scripts are reviewed, only approved ones. Scripts
 * that still need a review are stored, so that reviewers find them. Throws a problem if no script is left.
 */
export async function usableScripts<Candidate extends { readonly script: ScriptContent }>(
  database: Database,
  candidates: readonly Candidate[],
  { reviewed, group, at }: Review,
): Promise<readonly Candidate[]> {
  const statuses = await scriptStatusesById(
    database,
    candidates.map(({ script }) => script.id),
  )
  const statusOf = ({ script }: Candidate) => statuses.get(script.id) ?? 'unreviewed'
  if (reviewed) {
    const waiting = candidates.filter((one) => statusOf(one) === 'unreviewed')
    for (const { script } of waiting) await saveScript(database, script, group, at)
  }
  const usable = candidates.filter((one) => statusOf(one) === 'approved' || (!reviewed && statusOf(one) !== 'rejected'))
  if (usable.length > 0) return usable
  const named = candidates.map((one) => `${one.script.id} (${one.script.template}, ${statusOf(one)})`).join(', ')
  throw new ProblemError(
    'incomplete',
    `No script may be used for this call: ${named}. Review one with POST /scripts/{id}/reviews.`,
  )
}
