import { detectors } from '../../../../processors/visits/evidence/detectors.ts'
import { evidenceSettings, policyFault } from '../../../../processors/visits/evidence/evidence-settings.ts'
import { noConditions } from '../../../../schemas/visits/policies.ts'

const setting = (kind: string, more = {}) => ({ kind, falseWeight: null, invalidWeight: null, parameters: {}, ...more })

test('every kind has its own name, a meaning and what it can’t know; defaults lie within their bounds', () => {
  expect(new Set(detectors.map(({ kind }) => kind)).size).toBe(detectors.length)
  for (const { parameters, means, cannotKnow } of detectors) {
    expect(means.length).toBeGreaterThan(20)
    expect(cannotKnow.length).toBeGreaterThan(20)
    for (const { value, from, to } of Object.values(parameters)) expect(value >= from && value <= to).toBe(true)
  }
})

test('a policy changes weights and parameters, and leaves the others', () => {
  const set = evidenceSettings({ evidence: [setting('copied-text', { falseWeight: 0, parameters: { days: 90 } })] })
  const copied = set.find(({ detector }) => detector.kind === 'copied-text')!
  expect(copied.weights).toEqual({ false: 0, invalid: 0.15 })
  expect(copied.parameters).toMatchObject({ days: 90, commonMin: 8 })
})

const rules = [{ ...noConditions, verdict: 'invalid' as const, visitCountMin: 5 }]
test.each([
  [{ rules, evidence: [] }, undefined],
  [{ rules, evidence: [setting('telepathy')] }, /There is no evidence telepathy\. There are: copied-text/],
  [{ rules, evidence: [setting('copied-text'), setting('copied-text')] }, /copied-text is set twice/],
  [{ rules, evidence: [setting('copied-text', { parameters: { ages: 1 } })] }, /no parameter ages\. It has: commonMin/],
  [{ rules, evidence: [setting('copied-text', { parameters: { days: 0 } })] }, /days is 0; it must be between 1/],
  [{ rules, evidence: [setting('entered-late', { parameters: { fromH: 400 } })] }, /begins only at 400: raise fullH/],
  [{ rules: [...rules, { ...rules[0]!, visitCountMin: 8 }], evidence: [] }, /Rule 2 never applies/],
])('a policy that contradicts itself is refused: %#', (policy, fault) => {
  if (fault === undefined) expect(policyFault(policy)).toBeUndefined()
  else expect(policyFault(policy)).toMatch(fault)
})
