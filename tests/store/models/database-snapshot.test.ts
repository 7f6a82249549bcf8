import { scores } from '../../../schemas/models/scores.ts'
import { withSnapshot } from '../../../store/models/database-snapshot.ts'
import { put, scoreOf, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

test('all rows of a table come, across months and fetches, as they are at one moment', async () => {
  const { database } = store
  const MONTH_MS = 31 * 86_400_000
  const many = Array.from({ length: 1_203 }, (_, index) =>
    scoreOf(index, { occurredAt: START - (index % 3) * MONTH_MS }),
  )
  await put(database, scores, many)
  const ids: unknown[] = []
  const times = new Set<unknown>()
  await withSnapshot(database, async ({ rows, positions }) => {
    expect(positions.get('scores/0')).toBe(1_203)
    for await (const row of rows('score_history', { id: 'text', occurredAt: 'time' })) {
      if (ids.length === 0) await put(database, scores, [scoreOf(5_000)])
      ids.push(row['id'])
      times.add(Number(row['occurredAt']))
    }
  })
  expect(ids.sort()).toEqual(many.map(({ id }) => id).sort())
  expect([...times].sort()).toEqual([START - 2 * MONTH_MS, START - MONTH_MS, START])
})

test('a look changes nothing', async () => {
  await expect(
    withSnapshot(store.database, async ({ rows }) => {
      for await (const row of rows('customers; delete from customers' as 'customers', { id: 'text' })) void row
    }),
  ).rejects.toThrow('does not exist')
})
