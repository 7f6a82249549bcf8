import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { recordProgress } from '../../../store/operations/sink-progress.ts'
import { waitFor } from '../../support/services.ts'

let api: ApiUnderTest
beforeEach(async () => void (api = await apiUnderTest({ globalsAsOf: () => Date.now() - 90_000 })))
afterEach(() => api.close())

const get = async (url: string) => {
  const answer = await api.server.inject(url)
  return { status: answer.statusCode, headers: answer.headers, body: answer.json<Record<string, unknown>>() }
}

test('answers from the sink’s data state its age, by the partition that is furthest behind', async () => {
  // The headers are absent before the sink has reported.
  expect((await get('/customers')).headers).not.toHaveProperty('scoreline-as-of')
  expect((await get('/status')).body).toMatchObject({
    sink: { asOf: null, ageSeconds: null },
    globals: { ageSeconds: 90 },
  })
  const behind = new Date(Date.now() - 600_000)
  await recordProgress(api.database, 0, { asOf: new Date() })
  await recordProgress(api.database, 1, { asOf: behind })
  await waitFor(async () => (await get('/customers')).headers['scoreline-as-of'] === behind.toISOString(), {
    what: 'the age',
  })
  for (const url of ['/customers', '/scores', '/potential-customers', '/opportunities']) {
    const { headers, status } = await get(url)
    if (status === 200) expect(Number(headers['scoreline-age-seconds'])).toBeGreaterThanOrEqual(600)
  }
  expect((await get('/status')).body).toMatchObject({ sink: { asOf: behind.toISOString() } })
  expect((await get('/models')).headers).not.toHaveProperty('scoreline-as-of')
  // It never goes back.
  await recordProgress(api.database, 1, { asOf: new Date(0) })
  expect((await get('/customers')).headers['scoreline-as-of']).toBe(behind.toISOString())
})

test('gaps are listed, and counted in the status', async () => {
  const insert = (id: string, at: string) =>
    api.database.pool.query(`insert into gaps values ('${id}', 'sink', 'scores', 2, 10, 25, ${at})`)
  await insert('old', `now() - interval '30 days'`)
  await insert('new', 'now()')
  const { body } = await get('/gaps')
  expect(body).toMatchObject({
    items: [{ id: 'new', processor: 'sink', topic: 'scores', partition: 2, from: 10, to: 25 }, { id: 'old' }],
  })
  expect((await get('/status')).body).toMatchObject({ gaps: { count: 1, offsets: 15 } })
})
