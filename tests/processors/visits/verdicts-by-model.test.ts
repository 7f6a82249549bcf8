/** The probability of a released model of verdicts is the false score until the circuit breaker holds the model. */
import { encodeArtefact, modelFrom } from '../../../models/artefact.ts'
import { logistic } from '../../../models/linear/logistic.ts'
import type { Model } from '../../../models/model.ts'
import { defaultPolicy } from '../../../processors/visits/default-policy.ts'
import { policyBreaker } from '../../../processors/visits/policies/policy-breaker.ts'
import { evidenceFeatures } from '../../../processors/visits/verdicts/evidence-features.ts'
import { noConditions, policies } from '../../../schemas/visits/policies.ts'
import { policyCounts } from '../../../schemas/visits/policy-counts.ts'
import { policyHolds } from '../../../schemas/visits/policy-holds.ts'
import { shadowAssessments } from '../../../schemas/visits/shadow-assessments.ts'
import { shadowPolicies } from '../../../schemas/visits/shadow-policies.ts'
import { message, type Message, type Topic } from '../../../schemas/topic.ts'
import type { Visit } from '../../../schemas/visits/visits.ts'
import { createReplay } from '../../../streams/replay/replay.ts'
import { constantModel, globals, START, visit } from '../scoring-fixtures.ts'
import { evidenceStream } from './evidence-stream.ts'
import { lenient } from './policies/policy-fixtures.ts'

const TASK = 'false-visit'
const constant = (probability: number) => constantModel(TASK, evidenceFeatures, probability)
const withModel = (model: Model | undefined, ...settings: Message[]) =>
  globals({ settings, model: (task) => (task === TASK ? model : undefined) })
const mocked = (visitId: string, changes: Partial<Visit> = {}) =>
  visit(visitId, 1, {
    ...{
      opportunityId: `o-${visitId}`,
      customerId: `c-${visitId}`,
      text: `${visitId} 客户想谈设备贷款，下周三再去一次。`,
    },
    ...{ place: { latitude: 31.2, longitude: 121.5, accuracyM: 10, ageS: 0, mocked: true } },
    ...changes,
  })
const policy = (changes: object) =>
  message(policies, { ...defaultPolicy, id: '', occurredAt: 0, source: '', changedBy: '', ...changes, version: 1 })

/** A model that has learned that only a mocked place makes a visit false. */
function learned(): Model {
  const width = evidenceFeatures.names.length
  const place = evidenceFeatures.names.indexOf('evidence.mocked-place')
  const count = 200
  const rows = new Float32Array(count * width)
  for (let row = 0; row < count; row += 2) rows[row * width + place] = 1
  // One in ten of them was honest.
  const labels = Float64Array.from({ length: count }, (_, row) => (row % 2 === 0 && row % 20 !== 0 ? 1 : 0))
  const { id: featureSet, names: featureNames } = evidenceFeatures
  const times = labels.map(() => Number.NaN)
  const parameters = logistic.train({ count, width, rows, texts: [], featureNames, labels, times }, 1)
  return modelFrom(encodeArtefact({ task: TASK, algorithm: 'logistic', featureSet, featureNames, parameters }), 'm1')
}

test('the false score is the probability of the model, with its reasons; without a model the weighted sum again', async () => {
  const stream = evidenceStream()
  await stream.visit(mocked('v'))
  expect(stream.assessments.get('v')).toMatchObject({ falseScore: 0.6, modelId: null, reasons: [], visitCount: 1 })
  await stream.reevaluate(withModel(learned()))
  const { falseScore, invalidScore, modelId, reasons, verdict } = stream.assessments.get('v')!
  expect({ modelId, verdict, invalidScore }).toEqual({ modelId: 'm1', verdict: 'suspected_false', invalidScore: 0 })
  expect(falseScore).toBeGreaterThan(0.8)
  expect(falseScore).toBeLessThan(1)
  expect(reasons[0]).toMatchObject({ feature: 'evidence.mocked-place', value: 1 })
  expect(reasons[0]!.contribution).toBeGreaterThan(0)
  await stream.reevaluate(withModel(undefined))
  expect(stream.assessments.get('v')).toMatchObject({ falseScore: 0.6, modelId: null, reasons: [] })
})

test('a model may clear what the weights flag; a rule decides alone, and a visit without evidence is not scored', async () => {
  const stream = evidenceStream({ globals: withModel(constant(0.1)) })
  await stream.visit(mocked('v'))
  expect(stream.assessments.get('v')).toMatchObject({ verdict: 'fine', falseScore: 0.1, modelId: 'constant-0.1' })
  const rules = [{ ...noConditions, verdict: 'suspected_false', visitCountMin: 1 }]
  await stream.reevaluate(withModel(constant(0.1), policy({ rules })))
  expect(stream.assessments.get('v')).toMatchObject({ verdict: 'suspected_false', falseScore: 1, modelId: null })
  await stream.reevaluate(withModel(constant(0.1), policy({ rules: [] })))
  await stream.visit(mocked('v', { revision: 1, place: null }))
  expect(stream.assessments.get('v')).toMatchObject({ verdict: 'fine', falseScore: 0, evidence: [], modelId: null })
})

test('a shadow policy is tried with the model of the active one', async () => {
  const candidates = [{ id: 'stricter', startedAt: 0, policy: { ...lenient, falseFrom: 0.05 } }]
  const shadowed = message(shadowPolicies, {
    ...{ id: '', occurredAt: 0, source: '', name: 'visit-assessment', version: 1, candidates, changedBy: '' },
  })
  const said: unknown[] = []
  const stream = evidenceStream({
    globals: withModel(constant(0.1), shadowed),
    onMessage: ({ topic, value }) => topic === (shadowAssessments as Topic) && said.push(value),
  })
  await stream.visit(mocked('v'))
  expect(said).toMatchObject([{ candidate: 'stricter', verdict: 'suspected_false', inForce: 'fine' }])
})

test('a model that flags too many visits of a day is held, and the weights of the policy give the scores', async () => {
  const counted: Message[] = []
  const wild = constant(0.97)
  // The weights flag none of these visits.
  const weak = policy({ evidence: [{ kind: 'mocked-place', falseWeight: 0.2, invalidWeight: null, parameters: {} }] })
  const stream = evidenceStream({
    globals: withModel(wild, weak),
    onMessage: (one) => one.topic === (policyCounts as Topic) && counted.push(one),
  })
  for (let i = 0; i < 30; i++) await stream.visit(mocked(`v${i}`, { occurredAt: START + i }))
  expect(stream.assessments.get('v7')).toMatchObject({ verdict: 'suspected_false', modelId: wild.id })
  const held = await createReplay(policyBreaker).run(
    counted.map(({ topic, value }) => ({ topic, value: value as never })),
    withModel(wild, weak),
  )
  const hold = held.find(({ topic }) => topic === (policyHolds as Topic))!
  expect(hold.value).toMatchObject({
    modelId: wild.id,
    heldModels: [wild.id],
    heldVersions: [],
    inForce: { version: 1 },
  })
  await stream.reevaluate(withModel(wild, weak, hold))
  for (const { verdict, falseScore, modelId } of stream.assessments.values()) {
    expect([verdict, modelId]).toEqual(['fine', null])
    expect(falseScore).toBeLessThan(0.5)
  }
})
