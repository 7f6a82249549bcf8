import type { CommandContext } from '../../composition/context.ts'
import { startRetention } from '../../composition/retention.ts'
import { readConfig } from '../../config.ts'
import { scores } from '../../schemas/models/scores.ts'
import { count, put, scoreOf, storeUnderTest } from '../store/store-under-test.ts'
import { waitFor } from '../support/services.ts'

const store = storeUnderTest()

function contextWith(days: string): { context: CommandContext; lines: string[] } {
  const lines: string[] = []
  const context: CommandContext = {
    config: readConfig({ SCORES_RETENTION_DAYS: days }),
    log: (_level, line) => void lines.push(line),
    print: () => {},
    stopped: new AbortController().signal,
    fail: (error) => {
      throw error
    },
  }
  return { context, lines }
}

beforeEach(async () => {
  const at = (time: string) => scoreOf(1, { id: time, subjectId: time, occurredAt: Date.parse(time) })
  await put(store.database, scores, [at('2024-01-15T00:00:00Z'), at('2026-01-15T00:00:00Z')])
})

test('expired rows are deleted at the start, and logged', async () => {
  const { context, lines } = contextWith('400')
  const retention = startRetention(context, store.database)
  await waitFor(() => lines.length > 0, { what: 'a line of the log' })
  await retention.stop()
  expect(lines).toEqual(['score_history_2024_01: dropped, 400 days behind the newest score (SCORES_RETENTION_DAYS)'])
  expect(await count(store.database, 'score_history')).toBe(1)
})

test('0 keeps everything; stopping waits for work in progress', async () => {
  const { context, lines } = contextWith('0')
  await startRetention(context, store.database).stop()
  expect(lines).toEqual([])
  expect(await count(store.database, 'score_history')).toBe(2)
})

test('a database that does not answer is reported and does not end the sink', async () => {
  const { context, lines } = contextWith('400')
  await store.database.pool.query('drop table outbox')
  const retention = startRetention(context, store.database)
  await waitFor(() => lines.some((line) => line.includes('could not be dropped')), { what: 'a warning' })
  await retention.stop()
})
