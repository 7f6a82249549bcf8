import { outcomes } from '../../../schemas/models/outcomes.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import { openDatabase } from '../../../store/database.ts'
import { scoresWriter } from '../../../store/models/scores.ts'
import { PositionError } from '../../../store/positions.ts'
import { applyBatch } from '../../../store/sink/sink.ts'
import { waitFor } from '../../support/services.ts'
import { count, outcomeOf, positionsOf, put, scoreOf, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

const batch = (from: number, values: readonly Score[]) => ({
  topic: 'scores',
  partition: 0,
  from,
  to: from + values.length,
  events: values.map((value, index) => ({ key: value.customerId, value, offset: from + index })),
})

test('rows and position are written together, the position by topic and partition', async () => {
  const { database } = store
  await applyBatch(database, scoresWriter, batch(0, [scoreOf(0), scoreOf(1), scoreOf(2)]))
  await put(database, scores, [scoreOf(9, { customerId: 'c2', subjectId: 'o2' })], 1)
  await put(database, outcomes, [outcomeOf('first')])
  expect(await positionsOf(database, 0)).toEqual(
    new Map([
      ['scores', 3],
      ['outcomes', 1],
    ]),
  )
  expect(await positionsOf(database, 1)).toEqual(new Map([['scores', 1]]))
  expect(await count(database, 'score_history')).toBe(4)
})

test('offsets may have gaps: a batch ends where reading continues, and the next one begins there', async () => {
  const { database } = store
  const at = { topic: 'scores', partition: 0 }
  const event = (offset: number) => ({ key: 'c1', value: scoreOf(offset), offset })
  await applyBatch(database, scoresWriter, { ...at, from: 3, to: 12, events: [event(5), event(9)] })
  await applyBatch(database, scoresWriter, { ...at, from: 12, to: 40, events: [event(30)] })
  expect((await positionsOf(database, 0)).get('scores')).toBe(40)
  expect(await count(database, 'score_history')).toBe(3)
})

test('a batch that was written before, overlaps or leaves a gap is refused and duplicates nothing', async () => {
  const { database } = store
  const first = batch(0, [scoreOf(0), scoreOf(1)])
  await applyBatch(database, scoresWriter, first)
  await expect(applyBatch(database, scoresWriter, first)).rejects.toThrow(PositionError)
  await expect(applyBatch(database, scoresWriter, batch(1, [scoreOf(1), scoreOf(2)]))).rejects.toThrow(PositionError)
  await expect(applyBatch(database, scoresWriter, batch(5, [scoreOf(5)]))).rejects.toThrow(
    'scores-0: the batch starts at 5, the stored position is 2.',
  )
  expect(await count(database, 'score_history')).toBe(2)
})

test('a batch that fails half way leaves neither rows nor position', async () => {
  const { database } = store
  // The history is written first; then the table of the newest scores is missing.
  await database.pool.query('alter table scores rename to elsewhere')
  await expect(applyBatch(database, scoresWriter, batch(0, [scoreOf(0), scoreOf(1)]))).rejects.toThrow('"scores"')
  expect(await count(database, 'score_history')).toBe(0)
  expect((await positionsOf(database, 0)).get('scores')).toBeUndefined()
})

test('a connection that breaks in the middle of a batch leaves nothing, and the batch can be written again', async () => {
  const { database } = store
  const many = Array.from({ length: 20_000 }, (_, index) =>
    scoreOf(index, { subjectId: `o${index}`, occurredAt: START + 3_600_000 + index }),
  )
  const failure = applyBatch(database, scoresWriter, batch(0, many)).then(
    () => undefined,
    (error: unknown) => error,
  )
  const killer = openDatabase({ url: store.url, poolMax: 1, applicationName: 'killer' })
  // Ends the writer as soon as it is seen at work on the rows.
  await waitFor(
    async () => {
      const { rows } = await killer.pool.query<{ ended: number }>(
        `select count(pg_terminate_backend(pid)) as ended from pg_stat_activity
         where application_name = 'scoreline' and datname = current_database() and query like '%score_history%unnest%' and state = 'active'`,
      )
      return rows[0]!.ended > 0
    },
    { what: 'the writer to be seen', intervalMs: 1 },
  )
  await killer.destroy()
  expect(await failure).toBeDefined()
  expect(await count(database, 'score_history')).toBe(0)
  // The pool may hand out the broken connection once more before it notices; the sink repeats a failed batch.
  await waitFor(() => applyBatch(database, scoresWriter, batch(0, many)).then(() => true), {
    what: 'a connection that works',
  })
  expect(await count(database, 'score_history')).toBe(20_000)
})

test('several sinks at one partition whose connections break again and again write every event once', async () => {
  const { database } = store
  const log = Array.from({ length: 3_000 }, (_, index) =>
    scoreOf(index, { subjectId: `o${index % 50}`, id: `s${index}` }),
  )
  const killer = openDatabase({ url: store.url, poolMax: 1, applicationName: 'killer' })
  let refusals = 0
  let breaks = 0
  const sink = async (size: number) => {
    for (;;) {
      try {
        const from = (await positionsOf(database, 0)).get('scores') ?? 0
        if (from === log.length) return
        await applyBatch(database, scoresWriter, batch(from, log.slice(from, from + size)))
      } catch (error) {
        if (error instanceof PositionError) refusals++
        else breaks++
      }
    }
  }
  let done = false
  const killing = (async () => {
    while (!done) {
      await killer.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'scoreline' and datname = current_database()`,
      )
      await killer.pool.query('select pg_sleep(0.15)')
    }
  })()
  await Promise.all([sink(31), sink(70), sink(50)])
  done = true
  await killing
  await killer.destroy()
  expect(refusals).toBeGreaterThan(0)
  expect(breaks).toBeGreaterThan(0)
  expect(await count(database, 'score_history')).toBe(log.length)
  const { rows } = await database.pool.query('select subject_id, id from scores order by input_offset')
  expect(rows).toEqual(log.slice(-50).map(({ subjectId, id }) => ({ subject_id: subjectId, id })))
})
