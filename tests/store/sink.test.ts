import { customerFeatures, scores, type Score } from '../../schemas/scoring.ts'
import { visits, type Visit } from '../../schemas/visits.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import { migrate } from '../../store/migrate.ts'
import { applyBatch, positionsOf, SinkPositionError } from '../../store/sink.ts'
import { freshDatabase, waitFor } from '../support/services.ts'

let fresh: Awaited<ReturnType<typeof freshDatabase>>
let database: Database
beforeEach(async () => {
  fresh = await freshDatabase()
  database = openDatabase({ url: fresh.url, poolMax: 4 })
  await migrate(database)
})
afterEach(async () => {
  await database.destroy()
  await fresh.drop()
})

const score = (number: number, changes: Partial<Score> = {}): Score => ({
  id: `s${number}`,
  occurredAt: Date.UTC(2026, 7, 31, 23, 59) + number * 60_000,
  source: 'test',
  task: 'conversion',
  subjectId: 'o1',
  customerId: 'c1',
  opportunityId: 'o1',
  salespersonId: 'p1',
  visitCount: number,
  probability: number / 10,
  modelId: 'm',
  absent: null,
  featureSet: 'visits@1',
  row: [1.5, Number.NaN, -2],
  text: '客户说"考虑一下"\\ {x}, \u0000完',
  inputTopic: 'visits',
  inputPartition: 0,
  inputOffset: number,
  ...changes,
})
const batch = (from: number, values: readonly unknown[]) => ({
  topic: 'scores',
  partition: 0,
  from,
  to: from + values.length,
  events: values.map((value, index) => ({ key: 'c1', value, offset: from + index })),
})

test('rows, history over two months and position are written together', async () => {
  await applyBatch(database, scores, batch(0, [score(0), score(1), score(2)]))
  const current = await database.selectFrom('scores').selectAll().execute()
  expect(current).toHaveLength(1)
  expect(current[0]).toMatchObject({
    id: 's2',
    probability: 0.2,
    row: [1.5, Number.NaN, -2],
    text: '客户说"考虑一下"\\ {x}, 完',
    input_offset: 2,
  })
  expect(await database.selectFrom('score_history').select('id').orderBy('id').execute()).toEqual([
    { id: 's0' },
    { id: 's1' },
    { id: 's2' },
  ])
  expect((await positionsOf(database, 0)).get('scores')).toBe(3)
})

test('a batch that was written before is refused and doubles nothing', async () => {
  await applyBatch(database, scores, batch(0, [score(0), score(1)]))
  await expect(applyBatch(database, scores, batch(0, [score(0), score(1)]))).rejects.toThrow(SinkPositionError)
  await expect(applyBatch(database, scores, batch(5, [score(5)]))).rejects.toThrow(
    'the batch begins at 5, the database stands at 2',
  )
  expect(await database.selectFrom('score_history').select('id').execute()).toHaveLength(2)
})

test('of two sinks with the same batch at once one writes and the other is refused', async () => {
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => applyBatch(database, scores, batch(0, [score(0), score(1)]))))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await database.selectFrom('score_history').select('id').execute()).toHaveLength(2)
})

test('a batch that fails half way leaves neither rows nor position', async () => {
  const broken = { ...score(1), task: null as unknown as string }
  await expect(applyBatch(database, scores, batch(0, [score(0), broken]))).rejects.toThrow()
  expect(await database.selectFrom('score_history').select('id').execute()).toHaveLength(0)
  expect((await positionsOf(database, 0)).get('scores')).toBeUndefined()
})

test('a connection that breaks in the middle of a batch leaves nothing, and the batch can be written again', async () => {
  const many = Array.from({ length: 20_000 }, (_, index) =>
    score(index, { subjectId: `o${index}`, occurredAt: Date.UTC(2026, 8, 1) + index }),
  )
  const writing = applyBatch(database, scores, batch(0, many))
  const failure = writing.then(
    () => undefined,
    (error: unknown) => error,
  )
  // Ends whoever is in a transaction, until the writer was.
  let ended = 0
  const killer = openDatabase({ url: fresh.url, poolMax: 1, applicationName: 'killer' })
  while (ended === 0) {
    const { rows } = await killer.pool.query(
      `select count(pg_terminate_backend(pid)) as ended from pg_stat_activity where application_name = 'scoreline' and query like '%score_history%unnest%' and state = 'active'`,
    )
    ended = Number((rows[0] as { ended: unknown }).ended)
  }
  await killer.destroy()
  expect(await failure).toBeDefined()
  expect(await database.selectFrom('score_history').select('id').execute()).toHaveLength(0)
  // The pool may hand out the broken connection once more before it hears of it; the sink repeats a batch that failed.
  await waitFor(() => applyBatch(database, scores, batch(0, many)).then(() => true), { what: 'a connection that works' })
  const { count } = await database
    .selectFrom('score_history')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(count).toBe(20_000)
})

test('an older score does not take the place of a newer one, however late it comes', async () => {
  await applyBatch(database, scores, batch(0, [score(5)]))
  await applyBatch(database, scores, batch(1, [score(3)]))
  expect(await database.selectFrom('scores').select('id').execute()).toEqual([{ id: 's5' }])
})

test('the highest revision of a visit stands', async () => {
  const visit = (revision: number, text: string): Visit => ({
    id: `v-${revision}`,
    occurredAt: 1_700_000_000_000,
    source: 'test',
    visitId: 'v1',
    revision,
    withdrawn: false,
    opportunityId: 'o1',
    customerId: 'c1',
    salespersonId: 'p1',
    text,
    place: { latitude: 31.2, longitude: 121.5 },
    checkInAt: 1_700_000_000_000,
    checkOutAt: null,
  })
  await applyBatch(database, visits, { ...batch(0, [visit(2, 'second'), visit(1, 'first')]), topic: 'visits' })
  expect(await database.selectFrom('visits').select(['text', 'latitude']).execute()).toEqual([{ text: 'second', latitude: 31.2 }])
})

test('features of a customer come together with the profile, in any order', async () => {
  const features = {
    id: 'f',
    occurredAt: 1,
    source: 'test',
    customerId: 'c1',
    featureSet: 'customer@1',
    values: [1, Number.NaN],
    timeZone: 'Asia/Shanghai',
  }
  await applyBatch(database, customerFeatures, { ...batch(0, [features]), topic: 'customer-features' })
  expect(await database.selectFrom('customers').select(['customer_id', 'values', 'name']).execute()).toEqual([
    { customer_id: 'c1', values: [1, Number.NaN], name: null },
  ])
})
