import { potentialCustomers, type PotentialCustomer } from '../../../schemas/loans/potential-customers.ts'
import { put, START } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const reason = { feature: 'credit-lines.usage', value: 0.5, contribution: 0.25, words: 'Usage: 50 % (+0.25)' }
const potential = (number: number, changes: Partial<PotentialCustomer> = {}): PotentialCustomer => ({
  id: `p${number}`,
  occurredAt: START + number,
  source: 'test',
  customerId: `c${number}`,
  potential: true,
  estimate: number / 10,
  threshold: 0.1,
  thresholdVersion: 2,
  modelId: 'm',
  explored: false,
  propensity: 1,
  since: START,
  reasons: [reason],
  ...changes,
})

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
  const same = potential(6, { customerId: 'c6a', estimate: 0.5 })
  await put(
    api.database,
    potentialCustomers,
    [1, 2, 3, 4, 5].map((number) => potential(number)),
  )
  await put(api.database, potentialCustomers, [same, potential(7, { customerId: 'c2', potential: false })])
})
afterAll(() => api.close())

const page = async (query: string) => (await api.server.inject({ url: `/potential-customers${query}` })).json()

test('those above the threshold now, the highest first, page by page', async () => {
  const ids: string[] = []
  let after = ''
  do {
    const { items, next } = await page(`?limit=2${after}`)
    ids.push(...items.map(({ customerId }: { customerId: string }) => customerId))
    after = next === null ? '' : `&after=${encodeURIComponent(next)}`
  } while (after !== '')
  expect(ids).toEqual(['c5', 'c6a', 'c4', 'c3', 'c1'])
  expect((await page('?limit=1')).items[0]).toMatchObject({
    estimate: 0.5,
    threshold: 0.1,
    thresholdVersion: 2,
    since: new Date(START).toISOString(),
    reasons: [reason],
  })
})

test('an invalid cursor is refused', async () => {
  expect((await api.server.inject({ url: '/potential-customers?after=nowhere' })).statusCode).toBe(404)
})
