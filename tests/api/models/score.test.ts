import type { TaskModel } from '../../../api/ports.ts'
import { shortNameOf } from '../../../features/short-names.ts'
import { customerFeatures } from '../../../features/customers/customer.ts'
import { visitFeatures } from '../../../features/visits/visits.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { people, storeWorld } from '../stored-world.ts'

const seen: { row: number[]; text: string | null }[] = []
const modelOf = (featureSet: string): TaskModel => ({
  id: `model of ${featureSet}`,
  algorithm: 'echo',
  featureSet,
  outputs: ['score'],
  score({ values, text }) {
    seen.push({ row: [...values], text })
    return Promise.resolve(Float64Array.of(Number.isNaN(values[2]) ? 0.25 : values[2]! / 100))
  },
})
const models: Record<string, TaskModel | string> = {
  'loan-demand': modelOf(customerFeatures.id),
  conversion: modelOf(visitFeatures.id),
  'call-conversion': 'No model is released for call-conversion yet.',
}

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest({ model: (task) => models[task]! })
  await storeWorld(api.database)
})
afterAll(() => api.close())
beforeEach(() => seen.splice(0))

const score = async (task: string, payload: Record<string, unknown>) => {
  const answer = await api.server.inject({ method: 'POST', url: `/score/${task}`, payload })
  return { status: answer.statusCode, body: answer.json() }
}

test('a customer is scored by the newest features', async () => {
  const { status, body } = await score('loan-demand', { customerId: 'c-1' })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    probability: 0.01,
    modelId: 'model of customer@1',
    algorithm: 'echo',
    featureSet: 'customer@1',
    text: null,
  })
  expect(seen[0]!.row).toEqual(customerFeatures.names.map((_, index) => (index === 0 ? Number.NaN : index / 2)))
  expect(body.row[customerFeatures.names[0]!]).toBeNull()
})

test('a model that can explain gives the reasons in words, the largest first; other models give none', async () => {
  expect((await score('loan-demand', { customerId: 'c-1' })).body).toMatchObject({ base: null, reasons: [] })
  const plain = models['loan-demand'] as TaskModel
  models['loan-demand'] = {
    ...plain,
    explainer: () => (row, into) => {
      into.set([0, 0.5, -1.25])
      expect(row).toHaveLength(customerFeatures.names.length)
      return 0.125
    },
  }
  const { body } = await score('loan-demand', { customerId: 'c-1', features: { [customerFeatures.names[1]!]: null } })
  models['loan-demand'] = plain
  const [, second, third] = customerFeatures.descriptions
  expect(body.base).toBe(0.125)
  expect(body.reasons).toEqual([
    {
      feature: third!.name,
      value: 1,
      contribution: -1.25,
      names: [],
      usual: null,
      words: `${shortNameOf(third!.name)}: yes (lowers the score)`,
    },
    {
      feature: second!.name,
      value: null,
      contribution: 0.5,
      names: [],
      usual: null,
      words: `${shortNameOf(second!.name)}: not known (raises the score)`,
    },
  ])
})

test('of several outputs the highest comes first, with its reasons, or the requested one', async () => {
  const plain = models['loan-demand'] as TaskModel
  models['loan-demand'] = {
    ...plain,
    outputs: ['deposit', 'card'],
    score: () => Promise.resolve(Float64Array.of(0.25, 0.5)),
    explainer: (output) => () => output!,
  }
  const { body: best } = await score('loan-demand', { customerId: 'c-1' })
  const { body: asked } = await score('loan-demand', { customerId: 'c-1', output: 'deposit' })
  const unknown = await score('loan-demand', { customerId: 'c-1', output: 'house' })
  models['loan-demand'] = plain
  const outputs = [
    { name: 'card', probability: 0.5 },
    { name: 'deposit', probability: 0.25 },
  ]
  expect(best).toMatchObject({ output: 'card', probability: 0.5, base: 1, outputs })
  expect(asked).toMatchObject({ output: 'deposit', probability: 0.25, base: 0, outputs })
  expect(unknown).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/output', problem: expect.stringContaining('card') }] },
  })
})

test('an opportunity is scored with its latest row and text', async () => {
  const { body } = await score('conversion', { opportunityId: 'o-c-1' })
  expect(body).toMatchObject({ probability: 0.02, text: people[0].text })
})

test('given numbers replace known ones: what if', async () => {
  const [, , third] = customerFeatures.names
  expect((await score('loan-demand', { customerId: 'c-1', features: { [third!]: 77 } })).body.probability).toBeCloseTo(
    0.77,
  )
  expect((await score('loan-demand', { features: { [third!]: null } })).body.probability).toBe(0.25)
})

test('a text alone is enough for a model that reads text', async () => {
  expect(await score('conversion', { text: '客户很感兴趣' })).toMatchObject({
    status: 200,
    body: { text: '客户很感兴趣' },
  })
  expect(seen[0]).toEqual({ row: visitFeatures.names.map(() => Number.NaN), text: '客户很感兴趣' })
})

test('nothing is stored or published', async () => {
  const count = async () => (await api.database.selectFrom('score_history').select('id').execute()).length
  const before = await count()
  await score('loan-demand', { customerId: 'c-1' })
  expect(await count()).toBe(before)
  expect(api.published).toEqual([])
})

test('the reason for a missing score is given', async () => {
  expect(await score('call-conversion', { customerId: 'c-1' })).toMatchObject({
    status: 409,
    body: { type: '/problems/no-model', detail: 'No model is released for call-conversion yet.' },
  })
  expect(await score('loan-demand', { customerId: 'nobody' })).toMatchObject({ status: 404 })
  expect(await score('fame', { customerId: 'c-1' })).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining('loan-demand') },
  })
})

test('errors in the request are reported', async () => {
  expect(await score('loan-demand', { features: { height: 180, 'a/b': 1 } })).toMatchObject({
    status: 400,
    body: { errors: [{ path: '/features/height' }, { path: '/features/a~1b' }] },
  })
  expect(await score('loan-demand', {})).toMatchObject({ status: 400 })
  expect(await score('loan-demand', { features: { 'profile.age': 'old' } })).toMatchObject({ status: 400 })
})

test('the visits and words that carry a score are returned on request if the model reads text', async () => {
  const plain = models['conversion'] as TaskModel
  const told = { lines: [{ line: 0, text: 'a visit', effect: 0.5 }], words: [] }
  models['conversion'] = {
    ...plain,
    textReasons: ({ values, text }, output, most) => {
      expect([values.length, text, output, most]).toEqual([visitFeatures.names.length, 'a visit', 0, 8])
      return Promise.resolve(told)
    },
  }
  expect((await score('conversion', { text: 'a visit', textReasons: true })).body.textReasons).toEqual(told)
  expect((await score('conversion', { text: 'a visit' })).body.textReasons).toBeNull()
  models['conversion'] = plain
  expect((await score('conversion', { text: 'a visit', textReasons: true })).body.textReasons).toBeNull()
})
