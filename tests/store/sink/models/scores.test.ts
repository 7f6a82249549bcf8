import { scores } from '../../../../schemas/models/scores.ts'
import { count, put, scoreOf, START, storeUnderTest } from '../../store-under-test.ts'

const store = storeUnderTest()

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

test('every score stands in the history, the last one of each subject in the table of the newest', async () => {
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
  })
  expect(await count(database, 'score_history')).toBe(5)
})

test('what was published last holds, though its event time is earlier: the latest visit was withdrawn', async () => {
  const { database } = store
  await put(database, scores, [scoreOf(4), scoreOf(5), scoreOf(6, { occurredAt: START + 4 * 60_000 })])
  expect(await database.selectFrom('scores').select('id').execute()).toEqual([{ id: 's6' }])
  await put(database, scores, [scoreOf(7, { occurredAt: START })])
  expect(await database.selectFrom('scores').select('id').execute()).toEqual([{ id: 's7' }])
  expect(await count(database, 'score_history')).toBe(4)
})

test('a sweep that was repeated stands in the history once', async () => {
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
