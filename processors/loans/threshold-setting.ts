import { thresholds } from '../../schemas/loans/thresholds.ts'
import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { recommendationsProcessor } from '../recommendations/recommendations.ts'
import { RECOMMENDATION_THRESHOLD } from '../recommendations/recommended.ts'
import { loanDemand, LOAN_DEMAND_THRESHOLD } from './loan-demand.ts'

export const thresholdSetting = versionedSetting({
  name: 'threshold',
  path: '/thresholds',
  doc: 'The probability from which a task acts: raises its alert, or recommends (spec L3).',
  topic: thresholds,
  key: 'task',
  defaults: new Map([
    [loanDemand.task!, { value: LOAN_DEMAND_THRESHOLD }],
    [recommendationsProcessor.task!, { value: RECOMMENDATION_THRESHOLD }],
  ]),
})
