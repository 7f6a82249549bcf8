import { setThreshold, thresholdVersions } from '../../store/thresholds.ts'
import { VersionConflictError } from '../../store/version-conflict.ts'
import { storeUnderTest } from './store-under-test.ts'

const store = storeUnderTest()
const change = { task: 'loan-demand', value: 0.6, changedBy: 'ada', expectedVersion: 0 }

test('each edit is a new version, on record with who made it, and waits in the outbox', async () => {
  const { database } = store
  const first = await setThreshold(database, change)
  const second = await setThreshold(database, { ...change, value: 0.7, changedBy: 'bo', expectedVersion: 1 })
  expect(await thresholdVersions(database, 'loan-demand')).toEqual([second, first])
  expect([first.version, second.version]).toEqual([1, 2])
  expect(await database.selectFrom('outbox').select(['topic', 'event']).orderBy('id').execute()).toEqual([
    {
      topic: 'thresholds',
      event: {
        id: 'threshold/loan-demand/1',
        occurredAt: first.changedAt.getTime(),
        source: 'api',
        task: 'loan-demand',
        version: 1,
        value: 0.6,
        changedBy: 'ada',
      },
    },
    { topic: 'thresholds', event: expect.objectContaining({ id: 'threshold/loan-demand/2', value: 0.7 }) },
  ])
})

test('who has seen an older version is refused, and nothing is sent', async () => {
  const { database } = store
  await setThreshold(database, change)
  for (const expectedVersion of [0, 2]) {
    await expect(setThreshold(database, { ...change, expectedVersion })).rejects.toThrow(VersionConflictError)
  }
  expect(await database.selectFrom('outbox').select('id').execute()).toHaveLength(1)
})

test('of several editors at once one wins', async () => {
  const { database } = store
  const edits = await Promise.allSettled([0.1, 0.2, 0.3].map((value) => setThreshold(database, { ...change, value })))
  expect(edits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const edit of edits) if (edit.status === 'rejected') expect(edit.reason).toBeInstanceOf(VersionConflictError)
  expect(await thresholdVersions(database, 'loan-demand')).toHaveLength(1)
  expect(await database.selectFrom('outbox').select('id').execute()).toHaveLength(1)
})
