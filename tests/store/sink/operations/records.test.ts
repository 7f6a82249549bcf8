import { outcomes } from '../../../../schemas/models/outcomes.ts'
import { deadLetters, type DeadLetter } from '../../../../schemas/platform/platform.ts'
import { outcomeOf, put, START, storeUnderTest } from '../../store-under-test.ts'

const store = storeUnderTest()

test('an outcome that comes twice stands once, as it came first', async () => {
  const { database } = store
  await put(database, outcomes, [outcomeOf('x', { value: 0.25, asOf: START }), outcomeOf('x', { value: 1 })])
  await put(database, outcomes, [outcomeOf('x', { value: 1 }), outcomeOf('y')])
  expect(await database.selectFrom('outcomes').select(['id', 'value', 'asOf']).orderBy('id').execute()).toEqual([
    { id: 'x', value: 0.25, asOf: new Date(START) },
    { id: 'y', value: 1, asOf: null },
  ])
})

test('a dead letter keeps its bytes, also those that are no text', async () => {
  const { database } = store
  const value = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
  const letter: DeadLetter = {
    id: 'l1',
    occurredAt: START,
    source: 'test',
    processor: 'customer-features',
    topic: 'transactions',
    partition: 3,
    offset: 2 ** 45,
    code: 'UNDECODABLE',
    message: 'The bytes do not fit.',
    key: null,
    value,
  }
  await put(database, deadLetters, [letter, { ...letter, id: 'l2', key: Buffer.alloc(0), value: null }])
  const rows = await database
    .selectFrom('dead_letters')
    .select(['id', 'key', 'value', 'offset'])
    .orderBy('id')
    .execute()
  expect(rows).toEqual([
    { id: 'l1', key: null, value, offset: 2 ** 45 },
    { id: 'l2', key: Buffer.alloc(0), value: null, offset: 2 ** 45 },
  ])
})
