import { DAY_MS } from '../../../schemas/durations.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { putIntoOutbox, publishOutbox } from '../../../store/operations/outbox.ts'
import { prune } from '../../../store/operations/retention.ts'
import { count, put, scoreOf, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()
const scoreAt = (time: string) => scoreOf(1, { id: time, subjectId: time, occurredAt: Date.parse(time) })
const retention = { scoresMs: 60 * DAY_MS, sentMs: 30 * DAY_MS, dispatchedMs: 0 }

test('months older than the newest by more than the retention are dropped, and edits that were sent long ago', async () => {
  const { database } = store
  await put(database, scores, ['2026-01-15T00:00:00Z', '2026-02-15T00:00:00Z', '2026-05-15T00:00:00Z'].map(scoreAt))
  for (const event of ['old', 'new', 'waiting']) {
    await database.transaction().execute((transaction) => putIntoOutbox(transaction, 'policies', event))
    if (event !== 'waiting') await publishOutbox(database, () => Promise.resolve())
  }
  await database.pool.query(`update outbox set published_at = '2026-01-01' where event = '"old"'`)
  const pruned = await prune(database, retention, new Date('2026-05-20T00:00:00Z'))
  expect(pruned).toEqual({ months: ['score_history_2026_01', 'score_history_2026_02'], entries: 1 })
  expect(await count(database, 'score_history')).toBe(1)
  expect(await count(database, 'scores')).toBe(3)
  expect(await count(database, 'outbox')).toBe(2)
})

test('a data set of long ago keeps its own last months, whatever the year is today', async () => {
  const { database } = store
  await put(database, scores, ['1998-06-15T00:00:00Z', '1998-12-15T00:00:00Z'].map(scoreAt))
  expect((await prune(database, retention, new Date('2026-05-20T00:00:00Z')))?.months).toEqual([
    'score_history_1998_06',
  ])
  expect(await count(database, 'score_history')).toBe(1)
})

test('a score of the last month that times can be of does not keep the others for ever', async () => {
  const { database } = store
  await put(database, scores, ['1998-06-15T00:00:00Z', '9999-12-31T23:59:59.999Z'].map(scoreAt))
  expect((await prune(database, retention, new Date('2026-05-20T00:00:00Z')))?.months).toEqual([
    'score_history_1998_06',
  ])
})

test('a retention without end keeps every score, and an empty history is no error', async () => {
  const { database } = store
  const forever = { ...retention, scoresMs: null }
  expect(await prune(database, retention, new Date())).toEqual({ months: [], entries: 0 })
  await put(database, scores, ['1950-01-01T00:00:00Z', '2026-01-01T00:00:00Z'].map(scoreAt))
  expect((await prune(database, forever, new Date()))?.months).toEqual([])
  expect(await count(database, 'score_history')).toBe(2)
})

test('of two simultaneous runs one works and the other skips; the lock is released', async () => {
  const { database } = store
  await put(database, scores, ['2026-01-15T00:00:00Z', '2026-05-15T00:00:00Z'].map(scoreAt))
  const holder = await database.pool.connect()
  try {
    await holder.query(`select pg_advisory_lock(hashtext('retention'))`)
    expect(await prune(database, retention, new Date())).toBeUndefined()
    await holder.query(`select pg_advisory_unlock(hashtext('retention'))`)
  } finally {
    holder.release()
  }
  expect((await prune(database, retention, new Date()))?.months).toEqual(['score_history_2026_01'])
  expect(await prune(database, retention, new Date())).toEqual({ months: [], entries: 0 })
})
