import { shadowPolicies } from '../../../schemas/visits/shadow-policies.ts'
import { versionedSetting } from '../../../schemas/platform/versioned-setting.ts'
import { VISIT_POLICY } from '../default-policy.ts'
import { validatePolicy } from './policy-faults.ts'

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

export const shadowSetting = versionedSetting({
  name: 'shadow policy',
  path: '/shadow-policies',
  doc: 'Policies that are tried beside the one in force: GET /policies/{name}/shadow shows what they would flag.',
  topic: shadowPolicies,
  key: 'name',
  defaults: new Map([[VISIT_POLICY, { candidates: [] }]]),
  required: ['candidates'],
  validate({ candidates }) {
    const ids = candidates.map(({ id }) => id)
    const unnamed = ids.find((id) => !NAME.test(id))
    if (unnamed !== undefined)
      return `${JSON.stringify(unnamed)} names no policy in shadow: up to 64 letters, digits, dots, underscores and hyphens do.`
    const twice = ids.find((id, i) => ids.indexOf(id) !== i)
    if (twice !== undefined) return `There are two policies ${twice}: give one another name.`
    for (const { id, policy } of candidates) {
      const fault = validatePolicy(policy)
      if (fault !== undefined) return `${id}: ${fault}`
    }
    return undefined
  },
})
