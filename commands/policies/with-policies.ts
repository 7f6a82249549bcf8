import { readPolicy } from '../../composition/visits/read-policy.ts'
import { readHold } from '../../composition/visits/policies/read-hold.ts'
import type { CommandContext } from '../../composition/context.ts'
import { withDatabase } from '../../composition/database.ts'
import { VISIT_POLICY } from '../../processors/visits/default-policy.ts'
import { policySetting } from '../../processors/visits/policy-setting.ts'
import { contentOf } from '../../processors/visits/policies/active-policy.ts'
import type { PolicyContent } from '../../schemas/visits/policies.ts'
import type { PolicyHold } from '../../schemas/visits/policy-holds.ts'
import type { Database } from '../../store/database.ts'
import { settingVersions, type SettingVersion } from '../../store/versioned-settings.ts'

/** Data that the policy commands work with. */
export interface PolicyContext {
  readonly database: Database
  /** Every version that people have activated, newest first. */
  readonly versions: readonly SettingVersion<PolicyContent>[]
  /** The last hold of the circuit breaker. */
  readonly hold: PolicyHold | undefined
}

export async function withPolicies<Result>(
  context: CommandContext,
  use: (at: PolicyContext) => Promise<Result>,
): Promise<Result> {
  const hold = await readHold(context)
  return withDatabase(context, 'policies', async (database) =>
    use({ database, hold, versions: await settingVersions(database, policySetting, VISIT_POLICY) }),
  )
}

/** Returns the policy that an argument names, a file or a version. Throws if there is none, or if it is invalid. */
export async function candidateOf(named: string, { versions }: PolicyContext): Promise<PolicyContent> {
  if (!/^\d{1,9}$/.test(named)) return contentOf(await readPolicy(named))
  const version = Number(named)
  const value =
    version === 0 ? policySetting.defaults.get(VISIT_POLICY) : versions.find((one) => one.version === version)?.value
  if (value === undefined)
    throw new Error(
      `There is no version ${version} of the policy; the newest is ${versions[0]?.version ?? 0}. \`policies list\` shows all.`,
    )
  return contentOf(value)
}
