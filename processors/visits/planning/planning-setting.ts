import { versionedSetting } from '../../../schemas/platform/versioned-setting.ts'
import { planning } from '../../../schemas/visits/planning.ts'
import { defaultPlanning, VISIT_PLANNING, type PlanningWeights } from './default-planning.ts'

export const planningSetting = versionedSetting({
  name: 'planning',
  path: '/planning',
  doc: 'What the expected value of a visit is computed with: values and their currencies, urgency and costs (spec V4).',
  topic: planning,
  key: 'name',
  defaults: new Map([[VISIT_PLANNING, defaultPlanning]]),
  required: ['rates', 'sinceVisit', 'beforeClose', 'overdue'],
  validate: validatePlanning,
})

/** Returns the first contradiction; `undefined` if there is none. The schema has checked each number. */
function validatePlanning({ currency, rates, sinceVisit, beforeClose, overdue }: PlanningWeights): string | undefined {
  for (const [code, rate] of Object.entries(rates)) {
    if (!/^[A-Z]{3}$/.test(code)) return `The rate of ${JSON.stringify(code)}: give the ISO 4217 code of the currency.`
    if (code === currency) return `The rate of ${code} is 1: it is the currency of the organisation. Leave it out.`
    if (!(rate > 0 && rate <= 1e9)) return `The rate of ${code} is ${rate}; it must be above 0 and at most 1e9.`
  }
  if (sinceVisit[0]?.fromDays !== 0) return 'The first step of sinceVisit begins at fromDays 0.'
  const lists = {
    sinceVisit: sinceVisit.map(({ fromDays }) => fromDays),
    beforeClose: beforeClose.map(({ withinDays }) => withinDays),
    overdue: overdue.map(({ fromDays }) => fromDays),
  }
  for (const [name, days] of Object.entries(lists))
    if (days.some((day, index) => index > 0 && day <= days[index - 1]!))
      return `The steps of ${name} go up in days, each once.`
  return undefined
}
