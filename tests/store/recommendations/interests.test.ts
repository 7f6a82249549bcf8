import { interests, type CustomerInterests } from '../../../schemas/recommendations/interests.ts'
import { interestsOf } from '../../../store/recommendations/interests.ts'
import { put, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()
const told = (number: number, probability: number): CustomerInterests => ({
  id: `t${number}`,
  occurredAt: START + number,
  source: 'test',
  customerId: 'c1',
  lookedAt: ['insurance'],
  interests: [
    { product: 'insurance', probability },
    { product: 'credit-card', probability: 0.1 },
  ],
  modelId: 'm',
  absent: null,
})

test('the last record applies, whatever is repeated, and BI sees a row for each product', async () => {
  const { database } = store
  await put(database, interests, [told(2, 0.4), told(1, 0.9), told(2, 0.4)])
  await put(database, interests, [told(3, 0.7), told(2, 0.4)])
  expect((await interestsOf(database, 'c1'))!.interests[0]!.probability).toBe(0.4)
  expect(await interestsOf(database, 'c2')).toBeUndefined()
  const { rows } = await database.pool.query('select place, product, probability from bi_interests order by place')
  expect(rows).toEqual([
    { place: 1, product: 'insurance', probability: 0.4 },
    { place: 2, product: 'credit-card', probability: 0.1 },
  ])
})
