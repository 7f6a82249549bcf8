import { recommenderOf } from '../../../composition/api/recommender.ts'
import { bucketOf } from '../../../features/hashed-names.ts'
import { organisationFeatures as features } from '../../../features/recommendations/organisation.ts'
import type { Model } from '../../../models/model.ts'
import { recommendationsProcessor } from '../../../processors/recommendations/recommendations.ts'
import type { Envelope } from '../../../schemas/avro/schema.ts'
import { contacts, organisations } from '../../../schemas/recommendations/organisations.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { createReplay } from '../../../streams/replay/replay.ts'
import { contact, organisation } from '../../features/organisations.ts'
import { globals } from '../../processors/scoring-fixtures.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const interest = features.names.indexOf(`organisation.interest${bucketOf('financing', 64)}`)
const model: Model = {
  id: 'm1',
  task: 'recommendation',
  algorithm: 'test',
  featureSet: features.id,
  featureNames: features.names,
  outputs: ['low-rate', 'group-cover'],
  dictionaryVersion: 0,
  // Recommends group covers to existing customers only.
  score({ rows, width, count }, into) {
    for (let row = 0; row < count; row++) into.set([0.6, rows[row * width + 3] === 1 ? 0.8 : 0.1], row * 2)
  },
  explainer: (output) => (_row, into) => {
    into.fill(0)
    into[interest] = output === 0 ? 1.5 : -1.5
    into[0] = 0.25
    return 0
  },
}

let api: ApiUnderTest
let released: Model | undefined = model

beforeAll(async () => {
  api = await apiUnderTest({
    model: () => (released === undefined ? 'No model is released for recommendation yet.' : (released as never)),
    recommender: recommenderOf(() => globals({ model: () => released })),
  })
  const told: readonly (readonly [Topic, Envelope])[] = [
    [organisations as Topic, organisation(0)],
    [contacts as Topic, contact('a', 1)],
  ]
  for (const [topic, value] of told) await put(api.database, topic, [value])
  const messages = await createReplay(recommendationsProcessor).run(
    told.map(([topic, value]) => ({ topic, value })),
    globals({ model: () => model }),
  )
  for (const [topic, list] of Map.groupBy(messages, (message) => message.topic))
    await put(
      api.database,
      topic,
      list.map(({ value }) => value),
    )
})
afterAll(() => api.close())
beforeEach(() => void (released = model))

const get = async (query = '', customer = 'c1') => {
  const answer = await api.server.inject({ url: `/customers/${customer}/recommendations${query}` })
  return { status: answer.statusCode, body: answer.json() }
}

test('the published list, with reasons in words that people know', async () => {
  const { status, body } = await get()
  expect(status).toBe(200)
  expect(body).toMatchObject({
    stage: 'first contact',
    live: true,
    publishedAt: '2026-01-02T00:00:00.000Z',
    modelId: 'm1',
    modelDictionaryVersion: 0,
    dictionaryVersion: 0,
    items: [
      {
        characteristicId: 'low-rate',
        probability: 0.6,
        advice: 'Ask what they pay for credit today, and name the range of our rates.',
      },
    ],
  })
  const [reason] = body.items[0].reasons
  expect(reason).toMatchObject({ feature: features.names[interest], value: 1, contribution: 1.5 })
  expect(reason.words).toMatch(/^Contact persons interested in financing: /)
})

test('for another stage the list is computed now: other characteristics, other advice (spec R4)', async () => {
  const { body } = await get('?stage=retention')
  expect(body).toMatchObject({
    stage: 'retention',
    live: false,
    publishedAt: null,
    items: [
      { characteristicId: 'group-cover', probability: 0.8, advice: 'Report how the cover was used.' },
      { characteristicId: 'low-rate', advice: 'Check their rate against the market before they do.' },
    ],
  })
  expect(body.items[0].reasons[0].contribution).toBe(-1.5)
})

test('reasons come from the model that made the list, or there are none', async () => {
  released = { ...model, id: 'm2' }
  expect((await get()).body.items[0].reasons).toEqual([])
  released = undefined
  expect((await get()).body.items[0].reasons).toEqual([])
  expect(await get('?stage=sale')).toMatchObject({
    status: 409,
    body: { detail: 'No model is released for recommendation yet.' },
  })
})

test('a model of other features is refused in words', async () => {
  released = { ...model, featureSet: 'organisation@0' }
  expect((await get('?stage=sale')).body.detail).toContain('was trained on organisation@0')
})

test('an unknown stage, and a customer without an organisation', async () => {
  expect(await get('?stage=wedding')).toMatchObject({ status: 400 })
  expect(await get('', 'c9')).toMatchObject({ status: 404 })
})
