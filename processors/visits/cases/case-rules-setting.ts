import { versionedSetting } from '../../../schemas/platform/versioned-setting.ts'
import { caseRules } from '../../../schemas/visits/case-rules.ts'
import { builtInCaseRules, VISIT_CASES } from './default-case-rules.ts'

export const caseRulesSetting = versionedSetting({
  name: 'case-rules',
  path: '/case-rules',
  doc: 'How flagged visits are reviewed, what reviews cost and save, and how many alerts people get (spec V5).',
  topic: caseRules,
  key: 'name',
  defaults: new Map([[VISIT_CASES, builtInCaseRules]]),
  validate: ({ dueDays, lapseDays }) =>
    dueDays > lapseDays
      ? `A case would lapse after ${lapseDays} days, before a decision is due after ${dueDays}: give lapseDays more.`
      : undefined,
})
