import { alerts, assessments, priorities, type Priority } from '../../../schemas/scoring.ts'
import { alertOf, assessmentOf, count, put, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

test('an alert is withdrawn, though the event that withdraws it is older than the one that raised it', async () => {
  const { database } = store
  await put(database, alerts, [alertOf(5), alertOf(6, { kind: 'other' })])
  await put(database, alerts, [alertOf(4, { raised: false, text: 'No longer.' })])
  expect(await database.selectFrom('alerts').select(['kind', 'raised']).orderBy('kind').execute()).toEqual([
    { kind: 'invalid-visits', raised: false },
    { kind: 'other', raised: true },
  ])
  expect(await count(database, 'alert_history')).toBe(3)
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
    await database.selectFrom('assessments').select(['opportunity_id', 'verdict', 'reasons']).orderBy('opportunity_id').execute(),
  ).toEqual([
    { opportunity_id: 'o1', verdict: 'fine', reasons: [{ code: 'A', text: 'literally \\u0000 and  "quoted"' }] },
    { opportunity_id: 'o2', verdict: 'invalid', reasons: [{ code: 'MANY_VISITS', text: 'five' }] },
  ])
  expect(await count(database, 'assessment_history')).toBe(3)
})

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
  const rows = await database.selectFrom('priorities').select(['owner', 'entries', 'open_count']).orderBy('owner').execute()
  expect(rows.map(({ owner, entries, open_count }) => [owner, entries[0]!.probability, open_count])).toEqual([
    ['p1', 0.3, 7],
    ['p2', 0.2, 7],
  ])
})
