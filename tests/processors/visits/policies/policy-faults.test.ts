import fc from 'fast-check'
import { assessVisits } from '../../../../processors/visits/assess-visits.ts'
import { defaultPolicy } from '../../../../processors/visits/default-policy.ts'
import { validatePolicy, policyWarnings } from '../../../../processors/visits/policies/policy-faults.ts'
import { covers } from '../../../../processors/visits/policies/rule-faults.ts'
import { detectors } from '../../../../processors/visits/evidence/detectors.ts'
import { DAY_MS } from '../../../../schemas/durations.ts'
import {
  defaultEvidence,
  noConditions,
  type PolicyContent,
  type PolicyRule,
} from '../../../../schemas/visits/policies.ts'

const rule = (changes: Partial<PolicyRule> = {}): PolicyRule => ({ ...noConditions, verdict: 'invalid', ...changes })
const policy = (changes: Partial<PolicyContent> = {}): PolicyContent => ({
  ...defaultEvidence,
  rules: [rule({ visitCountMin: 5 })],
  ...changes,
})
const weightless = detectors.map(({ kind }) => ({ kind, falseWeight: 0, invalidWeight: 0, parameters: {} }))

test('the built-in policy is consistent and causes no warnings', () => {
  expect(validatePolicy(defaultPolicy)).toBeUndefined()
  expect(policyWarnings(defaultPolicy)).toEqual([])
})

test.each([
  [{ rules: [rule({ visitCountMin: 5 }), rule({ visitCountMin: 8 })] }, /Rule 2 never applies: an earlier one, rule 1/],
  [
    {
      rules: [
        rule({ visitCountMin: 3, probabilityBelow: 0.3 }),
        rule({ visitCountMin: 3, withinDays: 9, probabilityBelow: 0.2 }),
      ],
    },
    /Rule 2 never applies/,
  ],
  [{ rules: [rule({ withinDays: 0, visitCountMin: 3 })] }, /Rule 1 counts only visits at the very moment.*withinDays/],
  [{ rules: [rule({ probabilityBelow: 0 })] }, /no probability is below 0/],
  [{ rules: [rule({ visitCountMin: 3, probabilityMovedLessThan: 0 })] }, /nothing moves by less than 0/],
  [{ rules: [rule({ visitCountMin: 1, probabilityMovedLessThan: 0.1 })] }, /one visit alone shows no movement/],
  [{ falseFrom: 0 }, /falseFrom is 0/],
  [{ invalidFrom: 0 }, /invalidFrom is 0/],
  [{ evidence: [{ kind: 'x', falseWeight: null, invalidWeight: null, parameters: {} }] }, /There is no evidence x/],
])('a policy that contradicts itself is refused, with the place: %#', (changes, fault) => {
  expect(validatePolicy(policy(changes))).toMatch(fault)
})

test.each([
  [{ rules: [rule()] }, /Rule 1 has no condition: every visit is flagged/],
  [{ rules: [rule({ verdict: 'fine', visitCountMin: 3 })] }, /Rule 1 changes nothing/],
  [{ evidence: [{ ...weightless[0]!, parameters: { days: 30 } }] }, /The parameters of copied-text change nothing/],
  [{ rules: [], evidence: weightless }, /It flags nothing/],
  [{ evidence: weightless }, /It suspects no visit to be false/],
])('surprising effects are reported: %#', (changes, warning) => {
  expect(validatePolicy(policy(changes))).toBeUndefined()
  expect(policyWarnings(policy(changes)).join(' ')).toMatch(warning)
})

test('a rule that is reported as never applying never does', () => {
  const number = fc.constantFrom(null, 0.1, 0.3, 0.6)
  const rules = fc.record({
    verdict: fc.constantFrom('invalid', 'suspected_false'),
    visitCountMin: fc.integer({ min: 0, max: 4 }),
    withinDays: fc.constantFrom(null, 1, 3, 30),
    probabilityBelow: number,
    probabilityMovedLessThan: number,
  }) as fc.Arbitrary<PolicyRule>
  const points = fc.array(
    fc.record({ at: fc.integer({ min: 0, max: 12 }).map((day) => day * DAY_MS), probability: number }),
    { minLength: 1, maxLength: 6 },
  )
  fc.assert(
    fc.property(rules, rules, points, (earlier, later, made) => {
      const sorted = made.toSorted((one, other) => one.at - other.at)
      const applies = (one: PolicyRule) => assessVisits([one], sorted.length, sorted).verdict !== 'fine'
      return !covers(earlier, later) || !applies(later) || applies(earlier)
    }),
    { numRuns: 5_000 },
  )
})
