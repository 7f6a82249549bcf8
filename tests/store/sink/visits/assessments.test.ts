import { assessments } from '../../../../schemas/visits/assessments.ts'
import { assessmentOf, count, put, storeUnderTest } from '../../store-under-test.ts'

const store = storeUnderTest()

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
