import { listActs } from '../../../store/models/model-acts.ts'
import { promoteModel } from '../../../store/models/release-models.ts'
import { registerServed, serve, served } from '../../retrainer/lifecycle/rollback/served-models.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest
let first: string
let second: string
beforeEach(async () => {
  api = await apiUnderTest()
  first = await registerServed(api.database, 4)
  second = await registerServed(api.database, 6)
  await promoteModel(api.database, first, 'first')
})
afterEach(() => api.close())

const who = { changedBy: 'Ann', reason: 'a try' }
const ask = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
  const answer = await api.server.inject({ method, url, ...(payload === undefined ? {} : { payload }) })
  return {
    status: answer.statusCode,
    body: (answer.body === '' ? undefined : answer.json()) as Record<string, unknown>,
  }
}
const task = async () => {
  const { body } = await ask('GET', '/model-tasks')
  return (body['items'] as Record<string, unknown>[]).find((one) => one['task'] === served.task) as Record<
    string,
    unknown
  >
}

test('a person tries, promotes and rolls back a model under their name, and all of it is shown', async () => {
  expect((await ask('POST', `/models/${second}/trial`, { ...who, share: 0.2 })).status).toBe(200)
  expect(await task()).toMatchObject({
    live: { champion: first, canary: { modelId: second, share: 0.2 }, shadows: [] },
  })
  expect((await ask('POST', `/models/${second}/withdrawal`, who)).status).toBe(200)
  expect((await ask('POST', `/models/${second}/trial`, who)).status).toBe(200)
  expect((await ask('POST', `/models/${second}/promotion`, who)).status).toBe(200)
  await serve(api.database, first, { count: 20 })
  expect(await ask('POST', `/model-tasks/${served.task}/rollback`, who)).toEqual({
    status: 200,
    body: { modelId: first, rows: 20, tolerance: 0 },
  })
  const { live, acts } = await task()
  expect(live).toEqual({ champion: first, canary: null, shadows: [] })
  expect((acts as { act: string; by: string }[]).map(({ act, by }) => [act, by])).toEqual([
    ['rollback', 'Ann'],
    ['promote', 'Ann'],
    ['shadow', 'Ann'],
    ['withdraw', 'Ann'],
    ['canary', 'Ann'],
    ['promote', 'scoreline'],
  ])
  const shown = await ask('GET', `/models/${first}`)
  expect(shown.body).toMatchObject({
    model: { id: first, status: 'champion', gate: null },
    acts: [{ act: 'rollback' }, {}],
  })
})

test('what the state of the models does not allow is a problem that says why', async () => {
  const rollback = await ask('POST', `/model-tasks/${served.task}/rollback`, who)
  expect(rollback).toMatchObject({
    status: 409,
    body: { detail: `${served.task} had no other champion to return to.` },
  })
  expect((await ask('POST', `/models/${first}/trial`, who)).status).toBe(409)
  expect((await ask('POST', '/models/nobody/promotion', who)).status).toBe(404)
  expect((await ask('GET', '/models/nobody')).status).toBe(404)
  expect((await ask('POST', '/model-tasks/nothing/rollback', who)).status).toBe(404)
  expect((await ask('POST', `/models/${second}/trial`, { ...who, share: 0.9 })).status).toBe(400)
  expect((await ask('POST', `/models/${second}/promotion`, { changedBy: 'Ann' })).status).toBe(400)
  expect((await ask('POST', `/models/${second}/promotion`, { ...who, reason: ' ' })).status).toBe(400)
  const damaged = { artefact: Buffer.from('{}') }
  await api.database.updateTable('models').set(damaged).where('id', '=', second).execute()
  expect((await ask('POST', `/models/${second}/promotion`, who)).body).toMatchObject({ status: 409 })
  expect(await listActs(api.database, served.task, 10)).toHaveLength(1)
})

test('a freeze is shown with its author until it ends', async () => {
  const frozen = (value: boolean) => ask('PUT', `/model-tasks/${served.task}/freeze`, { ...who, frozen: value })
  expect((await frozen(true)).status).toBe(200)
  expect(await task()).toMatchObject({ frozen: { by: 'Ann', reason: 'a try' } })
  expect((await frozen(true)).status).toBe(409)
  expect((await frozen(false)).status).toBe(200)
  expect(await task()).toMatchObject({ frozen: null })
})

test('a score leads to its model, its training rows and who released it; a day to what was live, canaries included', async () => {
  await serve(api.database, first, { count: 3 })
  const lineage = await ask('GET', `/customers/c1/lineage?task=${served.task}`)
  expect(lineage.body).toMatchObject({
    score: { customerId: 'c1', modelId: first },
    model: { id: first, codeVersion: 'test', data: { rows: 200, sha256: 'fingerprint' } },
    acts: [{ act: 'promote', by: 'scoreline', reason: 'first' }],
  })
  expect((await ask('GET', `/customers/nobody/lineage?task=${served.task}`)).status).toBe(404)
  await ask('POST', `/models/${second}/trial`, { ...who, share: 0.5 })
  const today = new Date().toISOString().slice(0, 10)
  const scoredBy = new Set<string>()
  for (let customer = 0; customer < 20; customer++) {
    const { body } = await ask('GET', `/model-tasks/live-on?date=${today}&customerId=c${customer}`)
    const spans = body['items'] as unknown as { live: object; scoredBy: string }[]
    expect(spans.map(({ live }) => live)).toMatchObject([{ canary: null }, { canary: { modelId: second, share: 0.5 } }])
    expect(spans[0]!.scoredBy).toBe(first)
    scoredBy.add(spans[1]!.scoredBy)
  }
  expect([...scoredBy].sort()).toEqual([first, second].sort())
  expect((await ask('GET', '/model-tasks/live-on?date=2001-01-01')).body).toEqual({ items: [] })
  expect((await ask('GET', '/model-tasks/live-on?date=2001-02-30')).status).toBe(400)
})
