import { deadLetters, type DeadLetter } from '../../../schemas/platform/platform.ts'
import { listDeadLetters } from '../../../store/operations/dead-letters.ts'
import { allPages } from '../all-pages.ts'
import { put, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

test('letters are narrowed and turned page by page, the latest first', async () => {
  const { database } = store
  const letter = (index: number, changes: Partial<DeadLetter> = {}): DeadLetter => ({
    id: `l${index}`,
    occurredAt: START,
    source: 'test',
    processor: 'conversion',
    topic: 'visits',
    partition: 0,
    offset: index,
    code: 'INVALID',
    message: 'no',
    key: null,
    value: Buffer.from([index]),
    ...changes,
  })
  await put(database, deadLetters, [
    letter(1),
    letter(2, { processor: 'customer-features' }),
    letter(3, { topic: 'calls' }),
    letter(4, { code: 'EMPTY', value: null }),
    letter(5, { occurredAt: START - 1 }),
  ])
  const offsets = async (filter: Parameters<typeof listDeadLetters>[1]) =>
    (
      await allPages(
        (request) => listDeadLetters(database, filter, request),
        ({ id }) => id,
        2,
      )
    ).map(({ offset }) => offset)
  expect(await offsets({})).toEqual([4, 3, 2, 1, 5])
  expect(await offsets({ processor: 'customer-features' })).toEqual([2])
  expect(await offsets({ topic: 'visits', code: 'INVALID' })).toEqual([2, 1, 5])
})

test('a dead letter keeps its bytes, even if they are not text', async () => {
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
