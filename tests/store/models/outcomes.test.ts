import { outcomes } from '../../../schemas/models/outcomes.ts'
import { outcomeOf, put, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

test('a repeated outcome is stored once, as it came first', async () => {
  const { database } = store
  await put(database, outcomes, [outcomeOf('x', { value: 0.25, asOf: START }), outcomeOf('x', { value: 1 })])
  await put(database, outcomes, [outcomeOf('x', { value: 1 }), outcomeOf('y')])
  expect(await database.selectFrom('outcomes').select(['id', 'value', 'asOf']).orderBy('id').execute()).toEqual([
    { id: 'x', value: 0.25, asOf: new Date(START) },
    { id: 'y', value: 1, asOf: null },
  ])
})
