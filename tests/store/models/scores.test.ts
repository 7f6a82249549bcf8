import { scores } from '../../../schemas/models/scores.ts'
import { listScores, scoreHistory } from '../../../store/models/scores.ts'
import type { PageRequest } from '../../../store/sql/page.ts'
import { allPages } from '../all-pages.ts'
import { count, put, scoreOf, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()
const idOf = ({ id }: { readonly id: string }) => id

test('pages contain every newest score once, latest first, even if many share an instant', async () => {
  const { database } = store
  const values = Array.from({ length: 23 }, (_, index) =>
    scoreOf(index, { subjectId: `o${index}`, occurredAt: START + (index % 3) * 1_000 }),
  )
  await put(database, scores, values)
  const expected = values
    .toSorted((one, other) => other.occurredAt - one.occurredAt || (one.id < other.id ? 1 : -1))
    .map(idOf)
  for (const limit of [1, 4, 23, 50]) {
    const listed = await allPages((request: PageRequest) => listScores(database, {}, request), idOf, limit)
    expect(listed.map(idOf)).toEqual(expected)
  }
})

test('lists are narrowed by task, customer and salesperson', async () => {
  const { database } = store
  await put(database, scores, [
    scoreOf(1, { subjectId: 'o1' }),
    scoreOf(2, { subjectId: 'o2', customerId: 'c2', salespersonId: 'p2' }),
    scoreOf(3, { subjectId: 'c2', customerId: 'c2', task: 'loan-demand', salespersonId: null }),
  ])
  const ids = async (filter: Parameters<typeof listScores>[1]) =>
    (await listScores(database, filter, { limit: 9 })).map(idOf)
  expect(await ids({ task: 'conversion' })).toEqual(['s2', 's1'])
  expect(await ids({ customerId: 'c2' })).toEqual(['s3', 's2'])
  expect(await ids({ salespersonId: 'p2' })).toEqual(['s2'])
  expect(await ids({ task: 'conversion', customerId: 'c3' })).toEqual([])
})

test('the history of a customer spans months, each score with the row that it saw', async () => {
  const { database } = store
  const MONTH_MS = 31 * 86_400_000
  const values = Array.from({ length: 7 }, (_, index) =>
    scoreOf(index, { occurredAt: START - index * MONTH_MS, row: [index] }),
  )
  await put(database, scores, [...values, scoreOf(9, { customerId: 'c2' })])
  const history = await allPages(
    (request: PageRequest) => scoreHistory(database, 'c1', {}, { ...request, rows: true }),
    idOf,
    3,
  )
  expect(history.map(({ id, row }) => [id, row])).toEqual(values.map(({ id, row }) => [id, row]))
})

test('of the history a task, a subject and a moment are picked', async () => {
  const { database } = store
  await put(database, scores, [
    scoreOf(1),
    scoreOf(2, { subjectId: 'o2' }),
    scoreOf(3, { task: 'loan-demand' }),
    scoreOf(4),
  ])
  const ids = async (filter: Parameters<typeof scoreHistory>[2]) =>
    (await scoreHistory(database, 'c1', filter, { limit: 9 })).map(idOf)
  expect(await ids({ task: 'conversion' })).toEqual(['s4', 's2', 's1'])
  expect(await ids({ subjectId: 'o1', until: new Date(START + 3 * 60_000) })).toEqual(['s3', 's1'])
})

test.each([Date.UTC(1899, 11, 31), Date.UTC(10_000, 0), -62_200_000_000_000, 9e15, -9e15, Number.MAX_SAFE_INTEGER])(
  'a score of the time %d is refused by itself, makes no partition and stops nothing',
  async (occurredAt) => {
    const { database } = store
    expect(await put(database, scores, [scoreOf(0), scoreOf(1, { occurredAt }), scoreOf(2)])).toEqual({ refused: 1 })
    expect(await count(database, 'score_history')).toBe(2)
    expect(await count(database, 'dead_letters', `message like '%${occurredAt}%' and "offset" = 1`)).toBe(1)
    expect(await put(database, scores, [scoreOf(3)])).toEqual({ refused: 0 })
  },
)

test('every score is in the history, the last one of each subject in the table of the newest', async () => {
  const { database } = store
  const text = '客户说"考虑一下"\\ {x}, \u0000完'
  await put(database, scores, [
    scoreOf(0),
    scoreOf(1),
    scoreOf(2, { text, lineTimes: [1, -62e12], inputOffset: 2 ** 40 }),
  ])
  await put(database, scores, [scoreOf(3, { subjectId: 'o2' }), scoreOf(4, { task: 'loan-demand' })])
  const current = await database.selectFrom('scores').selectAll().orderBy('id').execute()
  expect(current.map(({ id }) => id)).toEqual(['s2', 's3', 's4'])
  expect(current[0]).toEqual({
    id: 's2',
    task: 'conversion',
    subjectId: 'o1',
    customerId: 'c1',
    opportunityId: 'o1',
    salespersonId: 'p1',
    visitCount: 2,
    probability: 0.2,
    modelId: 'm',
    absent: null,
    featureSet: 'visits@1',
    row: [1.5, Number.NaN, -2],
    text: '客户说"考虑一下"\\ {x}, 完',
    lineTimes: [new Date(1), new Date(-62e12)],
    occurredAt: new Date(START + 120_000),
    inputTopic: 'visits',
    inputPartition: 0,
    inputOffset: 2 ** 40,
    featuresId: null,
    propensity: null,
    acted: null,
  })
  expect(await count(database, 'score_history')).toBe(5)
})

test('the score published last applies, even with an earlier event time: the latest visit was withdrawn', async () => {
  const { database } = store
  await put(database, scores, [scoreOf(4), scoreOf(5), scoreOf(6, { occurredAt: START + 4 * 60_000 })])
  expect(await database.selectFrom('scores').select('id').execute()).toEqual([{ id: 's6' }])
  await put(database, scores, [scoreOf(7, { occurredAt: START })])
  expect(await database.selectFrom('scores').select('id').execute()).toEqual([{ id: 's7' }])
  expect(await count(database, 'score_history')).toBe(4)
})

test('a repeated sweep is in the history once', async () => {
  const { database } = store
  await put(database, scores, [scoreOf(1, { probability: 0.3 }), scoreOf(1, { probability: 0.3 })])
  await put(database, scores, [scoreOf(1, { probability: 0.4 })])
  expect(await database.selectFrom('score_history').select('probability').execute()).toEqual([{ probability: 0.3 }])
  expect(await database.selectFrom('scores').select('probability').execute()).toEqual([{ probability: 0.4 }])
})

test('single-precision features and their extremes survive', async () => {
  const { database } = store
  const row = [0.1, 1e-45, 3.4028234663852886e38, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(Math.fround)
  await put(database, scores, [scoreOf(1, { row }), scoreOf(2, { row: [], subjectId: 'o2' })])
  const rows = await database.selectFrom('scores').select('row').orderBy('id').execute()
  expect(rows.map((one) => one.row.map(Math.fround))).toEqual([row, []])
})
