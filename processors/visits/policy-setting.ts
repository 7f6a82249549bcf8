import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { policies } from '../../schemas/visits/policies.ts'
import { defaultPolicy } from './default-policy.ts'

export const policySetting = versionedSetting({
  name: 'policy',
  path: '/policies',
  doc: 'How the visits of an opportunity are assessed: the first rule all of whose conditions hold decides (spec V5).',
  topic: policies,
  key: 'name',
  defaults: new Map([[defaultPolicy.name, { rules: defaultPolicy.rules }]]),
  required: ['rules'],
})
