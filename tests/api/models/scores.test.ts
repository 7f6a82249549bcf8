import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { NOW, people, storeWorld } from '../stored-world.ts'

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
  await storeWorld(api.database)
})
afterAll(() => api.close())

const get = async (url: string) => {
  const answer = await api.server.inject({ url })
  return { status: answer.statusCode, body: answer.json() }
}

test('rows and texts are included on request, and the score before a given moment can be queried', async () => {
  for (const query of ['', '&rows=false']) {
    const { body } = await get(`/scores?task=conversion${query}`)
    expect(body.items).toHaveLength(3)
    for (const score of body.items) expect(Object.keys(score)).not.toEqual(expect.arrayContaining(['row', 'text']))
  }
  const until = new Date(NOW - 7 * 86_400_000).toISOString()
  const history = await get(`/customers/c-1/scores?task=conversion&subjectId=o-c-1&rows=true&until=${until}`)
  expect(history.body.items.map(({ probability }: { probability: number }) => probability)).toEqual([0.55, 0.35])
  expect(history.body.items[0]).toMatchObject({ text: people[0].text, row: { 'visits.count': 0 } })
  expect((await get('/customers/c-1/scores?until=yesterday')).status).toBe(400)
})

test.each(['/scores?task=fame', '/customers/c-1/scores?task=fame'])(
  '%s: a task that there is not is refused, with those that there are',
  async (url) => {
    const { status, body } = await get(url)
    expect(status).toBe(400)
    expect(body).toMatchObject({
      errors: [{ part: 'query', path: '/task', problem: expect.stringContaining('loan-demand') }],
    })
  },
)
