import { priorities, type Priority } from '../../../schemas/visits/priorities.ts'
import { listPriorities, priorityOwners } from '../../../store/visits/priorities.ts'
import { put, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

test('priority lists are found by scope and owner', async () => {
  const { database } = store
  const list = (scope: Priority['scope'], owner: string, openCount: number): Priority => ({
    id: `${scope}/${owner}`,
    occurredAt: START,
    source: 'test',
    scope,
    owner,
    entries: [],
    openCount,
  })
  await put(database, priorities, [
    list('salesperson', 'p2', 1),
    list('overall', 'all', 3),
    list('salesperson', 'p1', 2),
  ])
  expect(await priorityOwners(database)).toEqual([
    { scope: 'overall', owner: 'all', openCount: 3 },
    { scope: 'salesperson', owner: 'p1', openCount: 2 },
    { scope: 'salesperson', owner: 'p2', openCount: 1 },
  ])
  const found = await listPriorities(database, { scope: 'salesperson', owner: 'p2' }, 9)
  expect(found).toEqual([{ scope: 'salesperson', owner: 'p2', entries: [], openCount: 1, occurredAt: new Date(START) }])
  expect(await listPriorities(database, {}, 2)).toHaveLength(2)
})

test('the last published list applies', async () => {
  const { database } = store
  const list = (owner: string, probability: number, occurredAt: number): Priority => ({
    id: `${owner}/${probability}`,
    occurredAt,
    source: 'test',
    scope: 'salesperson',
    owner,
    entries: [
      {
        opportunityId: 'o1',
        customerId: 'c1',
        salespersonId: owner,
        probability,
        scoredAt: START,
        rank: 1,
        valueRank: null,
        outlook: null,
      },
    ],
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
