import { compileCondition, type Condition } from '../../features/calls/groups/compile-condition.ts'
import type { TargetGroup } from '../../schemas/calls/target-groups.ts'
import type { VersionedSetting } from '../../schemas/platform/versioned-setting.ts'
import type { Database } from '../../store/database.ts'
import type { KnownCustomer } from '../customers/require-customer.ts'
import { activeSettings } from '../versioned-settings.ts'

interface GroupMembership {
  readonly name: string
  readonly version: number
  readonly description: string
  /** null if unknown, because a feature that the condition reads has no value. */
  readonly member: boolean | null
}

/** Returns every target group in use, with whether the customer is in it now. */
export async function groupMemberships(
  database: Database,
  setting: VersionedSetting,
  customer: KnownCustomer,
): Promise<readonly GroupMembership[]> {
  return (await activeSettings(database, setting)).flatMap(({ key: name, version, value }) => {
    const { description, condition, retired } = value as TargetGroup
    return retired ? [] : [{ name, version, description, member: isMember(customer, compileCondition(condition)) }]
  })
}

function isMember({ featureSet, values, segment, residence }: KnownCustomer, condition: Condition): boolean | null {
  const own = featureSet === condition.featureSet ? values : null
  const asked = condition.places.map((place) => own?.[place] ?? null)
  return condition.holds({ segment, residence, values: asked }) ?? null
}
