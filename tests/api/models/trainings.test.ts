import { beginTraining, endTraining } from '../../../store/models/trainings.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest
beforeEach(async () => {
  api = await apiUnderTest()
})
afterEach(() => api.close())

const post = (payload: object) => api.server.inject({ method: 'POST', url: '/trainings', payload })
const list = async (query = '') =>
  (await api.server.inject({ url: `/trainings${query}` })).json<{
    items: Record<string, unknown>[]
    next: string | null
  }>()

test('a person asks for a training under their name and with a reason, and sees what came of it', async () => {
  const asked = await post({ task: 'conversion', reason: 'new products', requestedBy: 'Ann' })
  expect(asked.statusCode).toBe(202)
  expect(asked.json()).toMatchObject({ id: 1, trigger: 'request', state: 'requested', requestedBy: 'Ann' })
  await beginTraining(api.database, 'conversion', { request: 1 }, { labels: 5, knownTo: new Date(0) })
  await endTraining(api.database, 1, { state: 'failed', result: 'No rows.' })
  expect((await list()).items).toMatchObject([
    { state: 'failed', result: 'No rows.', labels: 5, labelsKnownTo: '1970-01-01T00:00:00.000Z', promoted: null },
  ])
})

test('an unknown task, an empty reason and a missing name are refused', async () => {
  const unknown = await post({ task: 'weather', reason: 'curious', requestedBy: 'Ann' })
  expect(unknown.statusCode).toBe(404)
  expect(unknown.json()).toMatchObject({ detail: expect.stringContaining('There is no task "weather"') as string })
  expect((await post({ task: 'conversion', reason: ' ', requestedBy: 'Ann' })).statusCode).toBe(400)
  expect((await post({ task: 'conversion', reason: 'new products' })).statusCode).toBe(400)
  expect((await list()).items).toEqual([])
})

test('trainings are listed newest first, in pages, by task', async () => {
  for (const task of ['conversion', 'loan-demand', 'conversion'])
    await post({ task, reason: 'new products', requestedBy: 'Ann' })
  const first = await list('?limit=2')
  expect(first.items.map(({ id }) => id)).toEqual([3, 2])
  expect((await list(`?limit=2&after=${first.next}`)).items.map(({ id }) => id)).toEqual([1])
  expect((await list('?task=loan-demand')).items.map(({ id }) => id)).toEqual([2])
  const wrong = Buffer.from(JSON.stringify(['x'])).toString('base64url')
  expect((await api.server.inject({ url: `/trainings?after=${wrong}` })).statusCode).toBe(404)
})
