import type { TaskModel } from '../../../api/ports.ts'
import { bucketOf } from '../../../features/hashed-names.ts'
import { preferenceFeatures } from '../../../features/recommendations/tastes.ts'
import { interests } from '../../../schemas/recommendations/interests.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { START, put } from '../../store/store-under-test.ts'
import { score } from '../../processors/scoring-fixtures.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const placeOf = (thing: string) => preferenceFeatures.names.indexOf(`tastes.items${bucketOf(thing, 32)}`)

const model: TaskModel = {
  id: 'm1',
  algorithm: 'test',
  featureSet: preferenceFeatures.id,
  outputs: ['credit-card', 'insurance'],
  score: () => Promise.resolve(Float64Array.of(0.1, 0.8)),
  explainer: (output) => (_row, into) => {
    into[0] = output === 1 ? 1.5 : -0.5
    for (const [thing, contribution] of [
      ['mortgage', 1],
      ['gold', -0.75],
    ] as const)
      into[placeOf(thing)] = contribution
    return 0
  },
}

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest({ model: () => model })
  const row = preferenceFeatures.names.map(() => 1)
  const task = { task: 'preferences', subjectId: 'c1', featureSet: preferenceFeatures.id, row, opportunityId: null }
  await put(api.database, scores, [score(1, 0.8, task)])
  const told = {
    occurredAt: START,
    source: 'test',
    absent: null,
    lookedAt: ['insurance', 'mortgage'],
    interests: [{ product: 'insurance', probability: 0.8 }],
  }
  await put(api.database, interests, [
    { ...told, id: 'i1', customerId: 'c1', modelId: 'm1' },
    { ...told, id: 'i2', customerId: 'c2', modelId: 'an older one', lookedAt: ['gold'] },
  ])
})
afterAll(() => api.close())

const get = async (url: string) => {
  const answer = await api.server.inject({ url })
  return { status: answer.statusCode, body: answer.json() }
}

test('interests come with the reasons for each', async () => {
  const { status, body } = await get('/customers/c1/interests')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    customerId: 'c1',
    modelId: 'm1',
    absent: null,
    interests: [
      {
        product: 'insurance',
        probability: 0.8,
        reasons: [
          { feature: preferenceFeatures.names[0], contribution: 1.5 },
          { words: 'Recently looked at mortgage: 1 times (raises the score)' },
          { words: 'Recently looked at gold: 1 times (lowers the score)' },
        ],
      },
    ],
  })
})

test('a model that is no longer in use gives no reasons, and unknown customers are not found', async () => {
  expect((await get('/customers/c2/interests')).body.interests).toEqual([
    { product: 'insurance', probability: 0.8, reasons: [] },
  ])
  expect(await get('/customers/nobody/interests')).toMatchObject({ status: 404, body: { type: '/problems/not-found' } })
})
