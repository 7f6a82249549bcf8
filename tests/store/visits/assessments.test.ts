import { assessments } from '../../../schemas/visits/assessments.ts'
import { listAssessments } from '../../../store/visits/assessments.ts'
import type { PageRequest } from '../../../store/sql/page.ts'
import { allPages } from '../all-pages.ts'
import { assessmentOf, put, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()
const idOf = ({ id }: { readonly id: string }) => id

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
