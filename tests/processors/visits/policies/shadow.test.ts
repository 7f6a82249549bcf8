import { visitAssessment } from '../../../../processors/visits/visit-assessment.ts'
import { scores } from '../../../../schemas/models/scores.ts'
import { message, type Message, type Topic } from '../../../../schemas/topic.ts'
import { policies } from '../../../../schemas/visits/policies.ts'
import { shadowAssessments, type ShadowAssessment } from '../../../../schemas/visits/shadow-assessments.ts'
import { shadowPolicies, type ShadowPolicies } from '../../../../schemas/visits/shadow-policies.ts'
import { createReplay } from '../../../../streams/replay/replay.ts'
import { globals, score } from '../../scoring-fixtures.ts'
import { lenient, policyOf, strict } from './policy-fixtures.ts'

const tried = (version: number, candidates: Record<string, ShadowPolicies['candidates'][number]['policy']>): Message =>
  message(shadowPolicies, {
    ...{ id: `shadow/${version}`, occurredAt: 0, source: 'test', name: 'visit-assessment', version, changedBy: 'li' },
    candidates: Object.entries(candidates).map(([id, policy]) => ({ id, policy, startedAt: 0 })),
  })
const inForce = message(policies, policyOf(1, lenient))
const said = (messages: readonly Message[]) =>
  messages
    .filter(({ topic }) => topic === (shadowAssessments as Topic))
    .map(({ value }) => value as ShadowAssessment)
    .map(({ candidate, subjectId, verdict, inForce: real }) => [candidate, subjectId, verdict, real])
const others = (messages: readonly Message[]) =>
  messages.filter(({ topic }) => topic !== (shadowAssessments as Topic)).map(({ value }) => value)
const events = ['o1', 'o1/x'].map((opportunityId) => ({
  topic: scores as Topic,
  value: score(1, 0.5, { opportunityId, customerId: 'c1' }),
}))

test('a shadow policy shows what it would flag, without changing the real decisions', async () => {
  const without = createReplay(visitAssessment)
  const beside = createReplay(visitAssessment)
  const alone = await without.run(events, globals({ settings: [inForce] }))
  const both = await beside.run(events, globals({ settings: [inForce, tried(1, { strict, lenient })] }))
  expect(said(both)).toEqual([
    ['strict', 'o1', 'invalid', 'fine'],
    ['strict', 'o1/x', 'invalid', 'fine'],
  ])
  expect(others(both)).toEqual(others(alone))
})

test('its verdicts are withdrawn when a policy is no longer tried, and follow the active one', async () => {
  const run = createReplay(visitAssessment)
  await run.run(events, globals({ settings: [inForce, tried(1, { strict })] }))
  const activated = message(policies, policyOf(2, strict))
  expect(said(await run.reevaluate(globals({ settings: [activated, tried(1, { strict })] })))).toEqual([
    ['strict', 'o1', 'invalid', 'invalid'],
    ['strict', 'o1/x', 'invalid', 'invalid'],
  ])
  expect(said(await run.reevaluate(globals({ settings: [activated, tried(2, {})] })))).toEqual([
    ['strict', 'o1', 'fine', 'fine'],
    ['strict', 'o1/x', 'fine', 'fine'],
  ])
  expect(said(await run.reevaluate(globals({ settings: [activated, tried(2, {})] })))).toEqual([])
})
