import { priorities, type Priority } from '../../../../schemas/visits/priorities.ts'
import { put, START, storeUnderTest } from '../../store-under-test.ts'

const store = storeUnderTest()

test('of a list the one that was published last holds', async () => {
  const { database } = store
  const list = (owner: string, probability: number, occurredAt: number): Priority => ({
    id: `${owner}/${probability}`,
    occurredAt,
    source: 'test',
    scope: 'salesperson',
    owner,
    entries: [{ opportunityId: 'o1', customerId: 'c1', salespersonId: owner, probability, scoredAt: START }],
    openCount: 7,
  })
  await put(database, priorities, [list('p1', 0.1, START), list('p2', 0.2, START), list('p1', 0.3, START - 1)])
  const rows = await database
    .selectFrom('priorities')
    .select(['owner', 'entries', 'openCount'])
    .orderBy('owner')
    .execute()
  expect(rows.map(({ owner, entries, openCount }) => [owner, entries[0]!.probability, openCount])).toEqual([
    ['p1', 0.3, 7],
    ['p2', 0.2, 7],
  ])
})
