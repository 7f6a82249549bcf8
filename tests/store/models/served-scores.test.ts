import { scores } from '../../../schemas/models/scores.ts'
import { lastServed } from '../../../store/models/served-scores.ts'
import { put, scoreOf, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

test('the row that was scored last is found by task and subject', async () => {
  const { database } = store
  await put(database, scores, [scoreOf(1), scoreOf(2, { row: [4, Number.NaN] }), scoreOf(3, { task: 'other' })])
  expect(await lastServed(database, 'conversion', 'o1')).toEqual({
    customerId: 'c1',
    featureSet: 'visits@1',
    row: [4, Number.NaN],
    lineTimes: [START - 2],
    text: 'visit 2',
    occurredAt: new Date(START + 120_000),
  })
  expect(await lastServed(database, 'conversion', 'o2')).toBeUndefined()
})
