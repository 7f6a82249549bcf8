import { alerts, assessments, priorities, type Priority } from '../../schemas/scoring.ts'
import { listAlerts, listAssessments, listPriorities, priorityOwners } from '../../store/decisions.ts'
import type { PageRequest } from '../../store/page.ts'
import { allPages } from './all-pages.ts'
import { alertOf, assessmentOf, put, START, storeUnderTest } from './store-under-test.ts'

const store = storeUnderTest()
const idOf = ({ id }: { readonly id: string }) => id

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
  await put(database, priorities, [list('salesperson', 'p2', 1), list('overall', 'all', 3), list('salesperson', 'p1', 2)])
  expect(await priorityOwners(database)).toEqual([
    { scope: 'overall', owner: 'all', openCount: 3 },
    { scope: 'salesperson', owner: 'p1', openCount: 2 },
    { scope: 'salesperson', owner: 'p2', openCount: 1 },
  ])
  const found = await listPriorities(database, { scope: 'salesperson', owner: 'p2' }, 9)
  expect(found).toEqual([{ scope: 'salesperson', owner: 'p2', entries: [], openCount: 1, occurredAt: new Date(START) }])
  expect(await listPriorities(database, {}, 2)).toHaveLength(2)
})

test('assessments are narrowed and turned page by page, as they hold now', async () => {
  const { database } = store
  await put(
    database,
    assessments,
    Array.from({ length: 9 }, (_, index) =>
      assessmentOf(index, {
        opportunityId: `o${index}`,
        occurredAt: START,
        verdict: index % 3 === 0 ? 'suspected_false' : 'invalid',
        salespersonId: index < 5 ? 'p1' : null,
        customerId: `c${index % 2}`,
      }),
    ),
  )
  const ids = async (filter: Parameters<typeof listAssessments>[1]) =>
    (await allPages((request: PageRequest) => listAssessments(database, filter, request), idOf, 4)).map(idOf)
  expect(await ids({})).toEqual(['a8', 'a7', 'a6', 'a5', 'a4', 'a3', 'a2', 'a1', 'a0'])
  expect(await ids({ verdict: 'suspected_false' })).toEqual(['a6', 'a3', 'a0'])
  expect(await ids({ salespersonId: 'p1', customerId: 'c1' })).toEqual(['a3', 'a1'])
})

test('alerts are narrowed to those that stand', async () => {
  const { database } = store
  await put(database, alerts, [
    alertOf(1),
    alertOf(2, { subjectId: 'o2', customerId: 'c2' }),
    alertOf(3, { kind: 'potential-loan-customer', subjectId: 'c1' }),
    alertOf(4, { raised: false }),
  ])
  const ids = async (filter: Parameters<typeof listAlerts>[1]) =>
    (await allPages((request: PageRequest) => listAlerts(database, filter, request), idOf, 1)).map(idOf)
  expect(await ids({})).toEqual(['l4', 'l3', 'l2'])
  expect(await ids({ raised: true })).toEqual(['l3', 'l2'])
  expect(await ids({ kind: 'invalid-visits' })).toEqual(['l4', 'l2'])
  expect(await ids({ customerId: 'c1', raised: false })).toEqual(['l4'])
})
