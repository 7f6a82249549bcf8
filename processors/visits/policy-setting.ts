import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { defaultEvidence, policies, activationFields } from '../../schemas/visits/policies.ts'
import { defaultPolicy } from './default-policy.ts'
import { validatePolicy } from './policies/policy-faults.ts'

export const policySetting = versionedSetting({
  name: 'policy',
  path: '/policies',
  doc: 'How visits are assessed: the first rule all of whose conditions hold decides, and evidence adds up (spec V5).',
  topic: policies,
  key: 'name',
  defaults: new Map([[defaultPolicy.name, { rules: defaultPolicy.rules, ...defaultEvidence }]]),
  required: ['rules'],
  activated: true,
  extraMetadata: activationFields,
  validate: validatePolicy,
})
