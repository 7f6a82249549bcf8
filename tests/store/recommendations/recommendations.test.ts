import { recommendations, type Recommendation } from '../../../schemas/recommendations/recommendations.ts'
import { recommendationOf } from '../../../store/recommendations/recommendations.ts'
import { put, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

const recommendationNumber = (number: number, changes: Partial<Recommendation> = {}): Recommendation => ({
  id: `r${number}`,
  occurredAt: START + number,
  source: 'test',
  customerId: 'c1',
  stage: 'sale',
  items: [
    {
      characteristicId: 'low-rate',
      name: 'Low rate',
      product: null,
      probability: 0.75,
      needs: [{ id: 'n', name: 'Pay less', category: 'costs', ofContacts: true }],
      advice: 'Name it.',
    },
  ],
  threshold: 0.3,
  modelId: 'm',
  modelDictionaryVersion: 1,
  dictionaryVersion: 2,
  unknownToModel: ['new'],
  absent: null,
  ...changes,
})

test('the list that was published last holds, and every one is on record once', async () => {
  const { database } = store
  const last = recommendationNumber(1, { id: 'last', items: [] })
  await put(database, recommendations, [recommendationNumber(2), last, last])
  const { id, source, occurredAt, ...rest } = last
  expect([id, source]).toEqual(['last', 'test'])
  expect(await recommendationOf(database, 'c1')).toEqual({ id, ...rest, occurredAt: new Date(occurredAt) })
  expect(await recommendationOf(database, 'c2')).toBeUndefined()
  const { rows } = await database.pool.query('select id from recommendation_history order by id')
  expect(rows).toEqual([{ id: 'last' }, { id: 'r2' }])
})

test('business intelligence sees a line for each place and for each need', async () => {
  const { database } = store
  await put(database, recommendations, [recommendationNumber(1)])
  const { rows } = await database.pool.query(
    'select place, characteristic_id, probability, advice from bi_recommendations',
  )
  expect(rows).toEqual([{ place: 1, characteristic_id: 'low-rate', probability: 0.75, advice: 'Name it.' }])
  const { rows: needs } = await database.pool.query('select need, of_contacts from bi_recommended_needs')
  expect(needs).toEqual([{ need: 'Pay less', of_contacts: true }])
})
