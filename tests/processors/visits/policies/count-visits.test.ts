import { policyBreaker } from '../../../../processors/visits/policies/policy-breaker.ts'
import { visitFactsProcessor } from '../../../../processors/visits/visit-facts.ts'
import { visitVerdicts } from '../../../../processors/visits/visit-verdicts.ts'
import { message, type Message, type Topic } from '../../../../schemas/topic.ts'
import { policies } from '../../../../schemas/visits/policies.ts'
import { policyCounts, type PolicyCount } from '../../../../schemas/visits/policy-counts.ts'
import { policyHolds, type PolicyHold } from '../../../../schemas/visits/policy-holds.ts'
import { visitAssessments, type VisitAssessment } from '../../../../schemas/visits/visit-assessments.ts'
import { visitEvidence } from '../../../../schemas/visits/visit-evidence.ts'
import { visits } from '../../../../schemas/visits/visits.ts'
import { createReplay } from '../../../../streams/replay/replay.ts'
import { globals, visit } from '../../scoring-fixtures.ts'
import { lenient, policyOf } from './policy-fixtures.ts'

const of = <T>(topic: Topic<T>, messages: readonly Message[]) =>
  messages.filter((one) => one.topic === (topic as Topic)).map(({ value }) => value as T)
const input =
  <T>(topic: Topic<T>) =>
  (value: T) => ({ topic: topic as Topic, value })
const place = { latitude: 31.2, longitude: 121.5, accuracyM: 10, ageS: 5, mocked: true }
const weight = (falseWeight: number) => ({
  ...lenient,
  evidence: [{ kind: 'mocked-place', falseWeight, invalidWeight: 0, parameters: {} }],
})
const first = message(policies, policyOf(1, weight(0.2)))
const second = message(policies, policyOf(2, { ...weight(1), former: policyOf(1, weight(0.2)) }))
const sum = (counts: readonly PolicyCount[], name: 'visits' | 'flagged', version?: number) =>
  counts
    .filter(({ policyVersion }) => version === undefined || policyVersion === version)
    .reduce((total, count) => total + count[name], 0)

test('visits count once through corrections, and a policy that flags most of them for evidence is held', async () => {
  const facts = createReplay(visitFactsProcessor)
  const verdicts = createReplay(visitVerdicts)
  const breaker = createReplay(policyBreaker)
  const made = Array.from({ length: 20 }, (_, i) => visit(`v${i}`, 1, { id: `v${i}`, customerId: `c${i}`, place }))
  const corrected = { ...made[0]!, id: 'v0/1', revision: 1, text: '改过了' }
  const withdrawn = { ...made[1]!, id: 'v1/1', revision: 1, withdrawn: true }
  const told = await facts.run([...made, corrected, withdrawn].map(input(visits)), globals({ settings: [first] }))
  const counts = of(policyCounts, told)
  expect(sum(counts, 'visits')).toBe(19)

  const evidence = of(visitEvidence, told)
  const calm = await verdicts.run(evidence.map(input(visitEvidence)), globals({ settings: [first] }))
  expect(sum(of(policyCounts, calm), 'flagged')).toBe(0)
  const strict = await verdicts.reevaluate(globals({ settings: [second] }))
  expect(sum(of(policyCounts, strict), 'flagged', 2)).toBe(19)

  const [hold] = of(
    policyHolds,
    await breaker.run(
      [...counts, ...of(policyCounts, calm), ...of(policyCounts, strict)].map(input(policyCounts)),
      globals({ settings: [second] }),
    ),
  ) as [PolicyHold]
  expect(hold).toMatchObject({ heldVersion: 2, visits: 19, flagged: 19, allowed: 15, inForce: { version: 1 } })
  const after = await verdicts.reevaluate(globals({ settings: [second, message(policyHolds, hold)] }))
  expect(of(visitAssessments, after).map(({ verdict }: VisitAssessment) => verdict)).toEqual(Array(19).fill('fine'))
  expect(sum(of(policyCounts, [...calm, ...strict, ...after]), 'flagged')).toBe(0)
})
