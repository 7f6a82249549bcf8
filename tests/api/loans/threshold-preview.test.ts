import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { idOf, storeEstimates } from './stored-estimates.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
  await storeEstimates(api.database)
})
afterAll(() => api.close())

const preview = async (query = '') => {
  const answer = await api.server.inject({ url: `/potential-customers/preview${query}` })
  return { status: answer.statusCode, body: answer.json() }
}
const idsOf = (customers: readonly { readonly customerId: string }[]) => customers.map(({ customerId }) => customerId)

test('without a threshold, the one in force: nobody comes or goes', async () => {
  const { body } = await preview()
  expect(body).toMatchObject({ threshold: 0.6, active: 0.6, activeVersion: 0, scored: 40, now: 17, then: 17 })
  expect([body.comes, body.goes]).toEqual([
    { count: 0, customers: [] },
    { count: 0, customers: [] },
  ])
})

test('a lower threshold names who comes, a higher one who goes, the highest estimates first', async () => {
  const lower = (await preview('?threshold=0.5')).body
  expect(lower).toMatchObject({ now: 17, then: 21, comes: { count: 4 }, goes: { count: 0 } })
  expect(idsOf(lower.comes.customers)).toEqual([23, 22, 21, 20].map(idOf))
  expect(lower.comes.customers[0]).toEqual({ customerId: idOf(23), name: 'Firm 23', estimate: 0.575 })
  const higher = (await preview('?threshold=0.7')).body
  expect(higher).toMatchObject({ then: 13, comes: { count: 0 }, goes: { count: 4 } })
  expect(idsOf(higher.goes.customers)).toEqual([27, 26, 25, 24].map(idOf))
})

test('states precision and recall on customers whose usage is known, and the customers at each threshold', async () => {
  const { body } = await preview('?threshold=0.7')
  // 13 of those with known usage were estimated at 0.7 or more; the 30th, 35th and 40th used little.
  expect(body.quality).toEqual({ threshold: 0.7, flagged: 13, reached: 10, both: 10, precision: 10 / 13, recall: 1 })
  expect(body.byThreshold).toHaveLength(19)
  expect(body.byThreshold[9]).toMatchObject({ threshold: 0.5, customers: 21, quality: { flagged: 20 } })
})

test('a changed threshold is the new comparison, with its reason on record', async () => {
  const payload = { value: 0.5, changedBy: 'li', reason: 'More calls are possible' }
  const url = '/thresholds/loan-demand'
  const put = await api.server.inject({ method: 'PUT', url, headers: { 'if-match': '"0"' }, payload })
  expect(put.json()).toMatchObject({ value: 0.5, version: 1, reason: 'More calls are possible' })
  expect((await preview('?threshold=0.6')).body).toMatchObject({ active: 0.5, activeVersion: 1, now: 21, then: 17 })
  expect((await api.server.inject({ url })).json()).toMatchObject({ history: [{ reason: payload.reason }] })
})

test('a threshold out of range is refused; without known usage there is no quality', async () => {
  expect(await preview('?threshold=1.2')).toMatchObject({ status: 400 })
  const empty = await apiUnderTest()
  const answer = await empty.server.inject({ url: '/potential-customers/preview' })
  expect(answer.json()).toMatchObject({ scored: 0, now: 0, quality: null })
  await empty.close()
})
