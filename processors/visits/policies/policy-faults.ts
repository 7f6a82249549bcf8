import type { PolicyContent } from '../../../schemas/visits/policies.ts'
import { evidenceFault, evidenceSettings } from '../evidence/evidence-settings.ts'
import { ruleFault } from './rule-faults.ts'

/** Returns the first contradiction in a policy, with what to do; `undefined` if there is none. */
export function validatePolicy(policy: PolicyContent): string | undefined {
  return ruleFault(policy.rules) ?? limitFault(policy) ?? evidenceFault(policy)
}

/** Returns warnings about settings that are valid, but probably not intended. */
export function policyWarnings(policy: PolicyContent): string[] {
  return [...ruleWarnings(policy), ...evidenceWarnings(policy)]
}

function limitFault({ falseFrom, invalidFrom }: PolicyContent): string | undefined {
  const fault = (name: string, verdict: string) =>
    `${name} is 0: a visit with the least evidence would be ${verdict}. Give a limit above 0, and 1 where only full scores count.`
  if (falseFrom === 0) return fault('falseFrom', 'suspected to be false')
  return invalidFrom === 0 ? fault('invalidFrom', 'invalid') : undefined
}

function* ruleWarnings({ rules }: PolicyContent): Generator<string> {
  for (const [i, rule] of rules.entries()) {
    const { verdict, visitCountMin, probabilityBelow, probabilityMovedLessThan } = rule
    const asksNothing = visitCountMin <= 1 && probabilityBelow === null && probabilityMovedLessThan === null
    if (asksNothing && verdict !== 'fine') yield `Rule ${i + 1} has no condition: every visit is flagged.`
    if (verdict === 'fine' && rules.slice(i).every((later) => later.verdict === 'fine'))
      yield `Rule ${i + 1} changes nothing: visits to which no rule applies are fine anyway.`
  }
}

function* evidenceWarnings(policy: PolicyContent): Generator<string> {
  const settings = evidenceSettings(policy)
  for (const { kind, parameters } of policy.evidence) {
    const { weights } = settings.find(({ detector }) => detector.kind === kind)!
    if (weights.false === 0 && weights.invalid === 0 && Object.keys(parameters).length > 0)
      yield `The parameters of ${kind} change nothing: both its weights are 0.`
  }
  const verdicts = new Set(policy.rules.map(({ verdict }) => verdict))
  const reaches = (weight: 'false' | 'invalid', from: number) =>
    settings.reduce((sum, { weights }) => sum + weights[weight], 0) >= from
  const canSuspect = verdicts.has('suspected_false') || reaches('false', policy.falseFrom)
  const canInvalidate = verdicts.has('invalid') || reaches('invalid', policy.invalidFrom)
  if (!canSuspect && !canInvalidate)
    yield 'It flags nothing: no rule does, and all weights together do not reach a limit.'
  else if (!canSuspect) yield 'It suspects no visit to be false: no rule does, and the weights do not reach falseFrom.'
  else if (!canInvalidate) yield 'It finds no visit invalid: no rule does, and the weights do not reach invalidFrom.'
}
