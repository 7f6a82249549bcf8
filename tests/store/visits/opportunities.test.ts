import { scores } from '../../../schemas/models/scores.ts'
import { opportunities, visits } from '../../../schemas/visits/visits.ts'
import { listOpportunities, visitsOfCustomer } from '../../../store/visits/opportunities.ts'
import type { PageRequest } from '../../../store/sql/page.ts'
import { allPages } from '../all-pages.ts'
import { opportunityOf, put, scoreOf, START, storeUnderTest, visitOf } from '../store-under-test.ts'

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

test('visits of a customer are shown as they stand, newest first, without those that were withdrawn', async () => {
  const { database } = store
  await put(database, visits, [visitOf(1), visitOf(2), visitOf(3), visitOf(4, { customerId: 'c2' }), visitOf(5)])
  await put(database, visits, [
    visitOf(2, { revision: 1, withdrawn: true }),
    visitOf(1, { revision: 1, text: 'corrected' }),
  ])
  const shown = await visitsOfCustomer(database, 'c1', 9)
  expect(shown.map(({ visitId, text }) => [visitId, text])).toEqual([
    ['v5', 'visit 5'],
    ['v3', 'visit 3'],
    ['v1', 'corrected'],
  ])
  expect(await visitsOfCustomer(database, 'c1', 1)).toHaveLength(1)
})
