import type { PolicyRule } from '../../../schemas/visits/policies.ts'

/** Returns the fault of the first rule that can never apply or has nothing to judge; `undefined` if there is none. */
export function ruleFault(rules: readonly PolicyRule[]): string | undefined {
  for (const [i, rule] of rules.entries()) {
    const fault = ownFault(rule)
    if (fault !== undefined) return `Rule ${i + 1} ${fault}`
    const earlier = rules.slice(0, i).findIndex((one) => covers(one, rule))
    if (earlier !== -1)
      return `Rule ${i + 1} never applies: an earlier one, rule ${earlier + 1}, applies to all that it does. Remove it, or put it first.`
  }
  return undefined
}

function ownFault(rule: PolicyRule): string | undefined {
  const { visitCountMin, withinDays, probabilityBelow, probabilityMovedLessThan } = rule
  if (withinDays === 0)
    return 'counts only visits at the very moment of the latest one (withinDays is 0): give at least 1 day, or null for all visits.'
  if (probabilityBelow === 0)
    return 'never applies: no probability is below 0. Raise probabilityBelow, or leave it out.'
  if (probabilityMovedLessThan === 0)
    return 'never applies: nothing moves by less than 0. Raise probabilityMovedLessThan, or leave it out.'
  if (probabilityMovedLessThan !== null && visitCountMin < 2)
    return 'asks how far the visits moved the probability, and counts from fewer than 2 visits on (visitCountMin): one visit alone shows no movement.'
  return undefined
}

/** Whether an earlier rule certainly applies to all visits that a later one applies to. */
export function covers(earlier: PolicyRule, rule: PolicyRule): boolean {
  return countsMore(earlier, rule) && isBelow(earlier, rule) && movesLess(earlier, rule)
}

/** Whether the earlier rule counts at least as many visits: more days hold more of them. */
function countsMore(earlier: PolicyRule, rule: PolicyRule): boolean {
  const days = ({ withinDays }: PolicyRule) => withinDays ?? Number.POSITIVE_INFINITY
  if (earlier.visitCountMin > rule.visitCountMin) return false
  // The latest visit is always counted.
  return earlier.visitCountMin <= 1 || days(earlier) >= days(rule)
}

function isBelow({ probabilityBelow: most }: PolicyRule, rule: PolicyRule): boolean {
  return most === null || (rule.probabilityBelow !== null && rule.probabilityBelow <= most)
}

/** Movements are comparable only over the same number of days. */
function movesLess({ probabilityMovedLessThan: most, withinDays }: PolicyRule, rule: PolicyRule): boolean {
  if (most === null) return true
  const { probabilityMovedLessThan: moved } = rule
  return moved !== null && moved <= most && withinDays === rule.withinDays
}
