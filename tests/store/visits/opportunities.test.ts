import { scores } from '../../../schemas/models/scores.ts'
import { opportunities } from '../../../schemas/visits/visits.ts'
import { listOpportunities } from '../../../store/visits/opportunities.ts'
import type { PageRequest } from '../../../store/sql/page.ts'
import { allPages } from '../all-pages.ts'
import { opportunityOf, put, scoreOf, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()
const idOf = ({ opportunityId }: { readonly opportunityId: string }) => opportunityId

test('each opportunity comes with its newest conversion score, not with that of another task', async () => {
  const { database } = store
  await put(database, opportunities, [opportunityOf('o1'), opportunityOf('o2')])
  await put(database, scores, [
    scoreOf(1),
    scoreOf(2, { probability: 0.7 }),
    scoreOf(3, { task: 'loan-demand', subjectId: 'o2', probability: 0.9 }),
  ])
  const [second, first] = await listOpportunities(database, {}, { limit: 9 })
  expect(first).toMatchObject({
    opportunityId: 'o1',
    probability: 0.7,
    visitCount: 2,
    valueMinor: 2 ** 40,
    currency: 'CNY',
  })
  expect(second).toMatchObject({ opportunityId: 'o2', probability: null, visitCount: null })
})

test('lists are narrowed and turned page by page', async () => {
  const { database } = store
  await put(
    database,
    opportunities,
    Array.from({ length: 12 }, (_, index) =>
      opportunityOf(`o${index}`, {
        occurredAt: START + (index % 2),
        status: index % 4 === 0 ? 'won' : 'open',
        salespersonId: `p${index % 3}`,
        teamId: index < 6 ? 't1' : null,
        customerId: `c${index % 2}`,
      }),
    ),
  )
  const ids = async (filter: Parameters<typeof listOpportunities>[1]) =>
    (await allPages((request: PageRequest) => listOpportunities(database, filter, request), idOf, 2)).map(idOf)
  expect(await ids({})).toEqual(['o9', 'o7', 'o5', 'o3', 'o11', 'o1', 'o8', 'o6', 'o4', 'o2', 'o10', 'o0'])
  expect(await ids({ status: 'won' })).toEqual(['o8', 'o4', 'o0'])
  expect(await ids({ salespersonId: 'p1', status: 'open' })).toEqual(['o7', 'o1', 'o10'])
  expect(await ids({ teamId: 't1', customerId: 'c1' })).toEqual(['o5', 'o3', 'o1'])
})

test('an opportunity is reassigned and closed by higher revisions; its value is kept to the last unit', async () => {
  const { database } = store
  await put(database, opportunities, [
    opportunityOf('o1', { revision: 3, salespersonId: 'p2', status: 'won', valueMinor: Number.MAX_SAFE_INTEGER }),
  ])
  await put(database, opportunities, [opportunityOf('o1', { revision: 2, salespersonId: 'p3' })])
  expect(
    await database.selectFrom('opportunities').select(['revision', 'salespersonId', 'status', 'valueMinor']).execute(),
  ).toEqual([{ revision: 3, salespersonId: 'p2', status: 'won', valueMinor: Number.MAX_SAFE_INTEGER }])
})
