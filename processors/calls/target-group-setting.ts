import { ConditionError } from '../../features/calls/groups/condition-language.ts'
import { readCondition } from '../../features/calls/groups/read-condition.ts'
import { targetGroups } from '../../schemas/calls/target-groups.ts'
import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'

export const targetGroupSetting = versionedSetting({
  name: 'target group',
  path: '/target-groups',
  doc: 'Customers who have something in common, by a condition over their features (docs/target-groups.md).',
  topic: targetGroups,
  key: 'name',
  open: true,
  defaults: new Map(),
  refuses: ({ condition, retired }) => (retired ? undefined : conditionFault(condition)),
})

function conditionFault(condition: string): string | undefined {
  try {
    readCondition(condition)
    return undefined
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error
    return error.message
  }
}
