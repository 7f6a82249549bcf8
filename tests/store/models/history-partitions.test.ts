import { scores } from '../../../schemas/models/scores.ts'
import { createPartitions, pruneHistory } from '../../../store/models/history-partitions.ts'
import { count, put, scoreOf, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

async function partitions(): Promise<string[]> {
  const { rows } = await store.database.pool.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'score_history'::regclass order by 1`,
  )
  return rows.map(({ name }) => name)
}
const scoreAt = (time: string, id = time) => scoreOf(1, { id, subjectId: id, occurredAt: Date.parse(time) })

test('a batch makes the months that it needs, those of long ago and the turn of a year too', async () => {
  const { database } = store
  await put(database, scores, [
    scoreAt('1900-01-01T00:00:00.000Z'),
    scoreAt('1998-12-31T23:59:59.999Z'),
    scoreAt('1999-01-01T00:00:00.000Z'),
    scoreAt('2026-02-28T12:00:00.000Z'),
    scoreAt('9999-12-31T23:59:59.999Z'),
  ])
  expect(await partitions()).toEqual([
    'score_history_1900_01',
    'score_history_1998_12',
    'score_history_1999_01',
    'score_history_2026_02',
    'score_history_9999_12',
  ])
  expect(await count(database, 'score_history_1998_12')).toBe(1)
  expect(await count(database, 'score_history_1999_01')).toBe(1)
})

test('several sinks that need the same months at once make each once', async () => {
  const { database } = store
  const times = Array.from({ length: 24 }, (_, month) => Date.UTC(2020, month, 15))
  await Promise.all(
    [times, times.toReversed(), times].map((wanted) => createPartitions(database, 'score_history', wanted)),
  )
  expect(await partitions()).toHaveLength(24)
})

test('a month is created while the history is being read, and readers do not wait for it', async () => {
  const { database } = store
  await put(database, scores, [scoreAt('2026-01-10T00:00:00Z')])
  const reader = await database.pool.connect()
  try {
    await reader.query('begin')
    await reader.query('select count(*) from score_history')
    await put(database, scores, [scoreAt('2026-02-10T00:00:00Z')])
    expect(await count(database, 'score_history')).toBe(2)
  } finally {
    await reader.query('rollback')
    reader.release()
  }
})

test('whole months before a moment are dropped; the newest score of a subject stays, and a late score recreates its month', async () => {
  const { database } = store
  await put(database, scores, [
    scoreAt('2025-11-30T00:00:00Z'),
    scoreAt('2025-12-01T00:00:00Z'),
    scoreAt('2026-01-31T00:00:00Z'),
    scoreAt('2026-02-01T00:00:00Z'),
  ])
  expect(await pruneHistory(database, new Date('2026-01-31T23:59:59Z'))).toEqual([
    'score_history_2025_11',
    'score_history_2025_12',
  ])
  expect(await partitions()).toEqual(['score_history_2026_01', 'score_history_2026_02'])
  expect(await pruneHistory(database, new Date('2026-02-01T00:00:00Z'))).toEqual(['score_history_2026_01'])
  expect(await count(database, 'scores')).toBe(4)
  await put(database, scores, [scoreAt('2025-12-24T00:00:00Z')])
  expect(await partitions()).toEqual(['score_history_2025_12', 'score_history_2026_02'])
})

test('a dropping that was interrupted is finished by the next one', async () => {
  const { database } = store
  await put(database, scores, [scoreAt('2025-11-30T00:00:00Z')])
  const reader = await database.pool.connect()
  try {
    // The reader holds up the second half of the detaching until the statement times out.
    await reader.query('begin isolation level repeatable read')
    await reader.query('select count(*) from score_history')
    const impatient = await database.pool.connect()
    await impatient.query(`set statement_timeout = 300`)
    await expect(
      impatient.query('alter table score_history detach partition score_history_2025_11 concurrently'),
    ).rejects.toThrow('statement timeout')
    impatient.release(true)
  } finally {
    await reader.query('rollback')
    reader.release()
  }
  expect(await pruneHistory(database, new Date('2026-01-01'))).toEqual(['score_history_2025_11'])
  expect(await partitions()).toEqual([])
})
