import { scriptChoicePolicies, type ScriptChoicePolicy } from '../../schemas/calls/script-choice-policies.ts'
import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'

export const scriptChoiceSetting = versionedSetting({
  name: 'script choice policy',
  path: '/script-choice-policies',
  doc: 'How the script of a call is chosen, and when one is no longer chosen (docs/scripts.md).',
  topic: scriptChoicePolicies,
  key: 'name',
  defaults: new Map([
    [
      'default',
      {
        ...{ adapts: true, floor: 0.05, priorConversions: 1, priorCalls: 20, evidence: 200, bound: 0.01, days: 90 },
        ...{ groupOrder: [], reviewed: false },
      },
    ],
  ]),
  validate: validateScriptChoicePolicy,
})

function validateScriptChoicePolicy({
  priorConversions,
  priorCalls,
}: Pick<ScriptChoicePolicy, 'priorConversions' | 'priorCalls'>): string | undefined {
  if (priorCalls >= priorConversions + 1) return undefined
  return `${priorConversions} conversions in ${priorCalls} calls leave less than one call without: give priorCalls more.`
}
