import type { Reviews } from '../../api/ports.ts'
import { distanceM, positionOf } from '../../features/visits/positions.ts'
import { sharedPassages } from '../../features/visits/texts/shared-passages.ts'
import { calibratedTenths } from '../../processors/visits/cases/calibrated-tenths.ts'
import { caseRulesSetting } from '../../processors/visits/cases/case-rules-setting.ts'
import { refusalOf, type CaseState } from '../../processors/visits/cases/case-machine.ts'
import { VISIT_CASES } from '../../processors/visits/cases/default-case-rules.ts'
import { snoozeSetting } from '../../processors/visits/cases/snooze-setting.ts'
import type { Reader } from '../../store/database.ts'
import { decisionCounts } from '../../store/visits/case-verdicts.ts'
import { newestSetting } from '../../store/versioned-settings.ts'

/** Functions of the processors that reviews of visits use. The processors have the final decision. */
export const reviews: Reviews = {
  rules: currentRules,
  // Times in a row are dates, which no rule reads.
  refusalOf: (held, act) => refusalOf(held as unknown as CaseState, act),
  async scale(database) {
    const [{ costOfFalse, costOfInvalid, costOfReview }, ofFalse, ofInvalid] = await Promise.all([
      currentRules(database),
      decisionCounts(database, 'false'),
      decisionCounts(database, 'invalid'),
    ])
    return {
      ...{ costOfFalse, costOfInvalid, costOfReview },
      falseProbabilities: calibratedTenths(ofFalse),
      invalidProbabilities: calibratedTenths(ofInvalid),
    }
  },
  sharedPassages,
  distanceM(one, other) {
    const [from, to] = [positionOf(one), positionOf(other)]
    return from === null || to === null || typeof from === 'string' || typeof to === 'string'
      ? null
      : distanceM(from, to)
  },
  snoozes: snoozeSetting.lists.snoozes,
}

async function currentRules(database: Reader) {
  const newest = await newestSetting(database, caseRulesSetting, VISIT_CASES)
  return newest?.value ?? caseRulesSetting.defaults.get(VISIT_CASES)!
}
