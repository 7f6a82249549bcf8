import { openDatabase } from '../../../store/database.ts'
import { pruneOutbox, putIntoOutbox, publishOutbox } from '../../../store/operations/outbox.ts'
import { count, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

const fill = (events: readonly unknown[]) =>
  store.database.transaction().execute(async (transaction) => {
    for (const event of events) await putIntoOutbox(transaction, 'thresholds', event)
  })

test('waiting messages are sent once, oldest first, also if they need several turns', async () => {
  const { database } = store
  await fill(Array.from({ length: 230 }, (_, index) => index))
  const sent: unknown[] = []
  const publish = ({ event }: { event: unknown }) => Promise.resolve(void sent.push(event))
  let turns = 0
  while ((await publishOutbox(database, publish)) > 0) turns++
  expect(sent).toEqual(Array.from({ length: 230 }, (_, index) => index))
  expect(turns).toBe(3)
})

test('an edit that is rolled back is not sent', async () => {
  const { database } = store
  const edit = database.transaction().execute(async (transaction) => {
    await putIntoOutbox(transaction, 'thresholds', 1)
    throw new Error('refused')
  })
  await expect(edit).rejects.toThrow('refused')
  expect(await publishOutbox(database, () => Promise.reject(new Error('nothing to send')))).toBe(0)
})

test('if sending fails, earlier messages stay sent, and the rest is sent later in order', async () => {
  const { database } = store
  await fill(['a', 'b', 'c'])
  const sent: unknown[] = []
  let broken = true
  const publish = ({ event }: { event: unknown }) => {
    if (broken && event === 'b') return Promise.reject(new Error('no broker'))
    sent.push(event)
    return Promise.resolve()
  }
  await expect(publishOutbox(database, publish)).rejects.toThrow('no broker')
  broken = false
  expect(await publishOutbox(database, publish)).toBe(2)
  expect(sent).toEqual(['a', 'b', 'c'])
})

test('a sender that dies before it has recorded its work leaves the messages to be resent', async () => {
  await fill(['a'])
  const dying = openDatabase({ url: store.url, poolMax: 1, applicationName: 'dying' })
  const sent: unknown[] = []
  const failed = publishOutbox(dying, async ({ event }) => {
    sent.push(event)
    await store.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dying' and datname = current_database()`,
    )
  })
  await expect(failed).rejects.toThrow()
  await dying.destroy()
  await publishOutbox(store.database, ({ event }) => Promise.resolve(void sent.push(event)))
  expect(sent).toEqual(['a', 'a'])
})

test('of two simultaneous senders one works and the other has nothing to do', async () => {
  const { database } = store
  await fill(['a', 'b'])
  const sent: unknown[] = []
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  let started = () => {}
  const atWork = new Promise<void>((resolve) => (started = resolve))
  const first = publishOutbox(database, async ({ event }) => {
    started()
    await held
    sent.push(event)
  })
  await atWork
  expect(await publishOutbox(database, ({ event }) => Promise.resolve(void sent.push(event)))).toBe(0)
  release()
  expect(await first).toBe(2)
  expect(sent).toEqual(['a', 'b'])
})

test('messages sent long ago are deleted, waiting ones are not', async () => {
  const { database } = store
  await fill(['a', 'b'])
  await publishOutbox(database, () => Promise.resolve())
  await fill(['c'])
  await database.pool.query(`update outbox set published_at = '2020-01-01' where event = '"a"'`)
  expect(await pruneOutbox(database, new Date('2021-01-01'))).toBe(1)
  expect(await count(database, 'outbox')).toBe(2)
})
