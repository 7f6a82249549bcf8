import { ConditionError } from '../../features/calls/groups/condition-language.ts'
import { compileCondition } from '../../features/calls/groups/compile-condition.ts'
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
  validate: ({ condition, retired }) => (retired ? undefined : validateCondition(condition)),
})

function validateCondition(condition: string): string | undefined {
  try {
    compileCondition(condition)
    return undefined
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error
    return error.message
  }
}
