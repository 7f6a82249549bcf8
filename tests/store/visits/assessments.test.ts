import { assessments } from '../../../schemas/visits/assessments.ts'
import { listAssessments } from '../../../store/visits/assessments.ts'
import type { PageRequest } from '../../../store/sql/page.ts'
import { allPages } from '../all-pages.ts'
import { assessmentOf, count, put, START, storeUnderTest } from '../store-under-test.ts'

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

test('the verdict that was published last holds, and all of them stand in the history', async () => {
  const { database } = store
  const reasons = [{ code: 'A', text: 'literally \\u0000 and \u0000 "quoted"' }]
  await put(database, assessments, [
    assessmentOf(5),
    assessmentOf(4, { verdict: 'fine', reasons }),
    assessmentOf(6, { opportunityId: 'o2' }),
  ])
  expect(
    await database
      .selectFrom('assessments')
      .select(['opportunityId', 'verdict', 'reasons'])
      .orderBy('opportunityId')
      .execute(),
  ).toEqual([
    { opportunityId: 'o1', verdict: 'fine', reasons: [{ code: 'A', text: 'literally \\u0000 and  "quoted"' }] },
    { opportunityId: 'o2', verdict: 'invalid', reasons: [{ code: 'MANY_VISITS', text: 'five' }] },
  ])
  expect(await count(database, 'assessment_history')).toBe(3)
})
