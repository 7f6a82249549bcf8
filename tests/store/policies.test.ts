import { policyVersions, setPolicy } from '../../store/policies.ts'
import { VersionConflictError } from '../../store/version-conflict.ts'
import { storeUnderTest } from './store-under-test.ts'

const store = storeUnderTest()
const rule = {
  verdict: 'invalid' as const,
  visitCountMin: 5,
  withinDays: null,
  probabilityBelow: 0.2,
  probabilityMovedLessThan: null,
}
const change = { name: 'visit-assessment', rules: [rule], changedBy: 'ada', expectedVersion: 0 }

test('each edit is a new version with its rules, on record with who made it', async () => {
  const { database } = store
  const first = await setPolicy(database, change)
  const second = await setPolicy(database, { ...change, rules: [rule, { ...rule, visitCountMin: 9 }], expectedVersion: 1 })
  expect(first.rules).toEqual([rule])
  expect(await policyVersions(database, 'visit-assessment')).toEqual([second, first])
  expect(await policyVersions(database, 'other')).toEqual([])
  const [sent] = await database.selectFrom('outbox').select(['topic', 'event']).orderBy('id').limit(1).execute()
  expect(sent).toEqual({
    topic: 'policies',
    event: {
      id: 'policy/visit-assessment/1',
      occurredAt: first.changedAt.getTime(),
      source: 'api',
      name: 'visit-assessment',
      version: 1,
      rules: [rule],
      changedBy: 'ada',
    },
  })
})

test('of several editors at once one wins, and who has seen an older version is refused', async () => {
  const { database } = store
  const edits = await Promise.allSettled([1, 2, 3].map(() => setPolicy(database, change)))
  expect(edits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await expect(setPolicy(database, change)).rejects.toThrow(
    'The policy visit-assessment is not at version 0 any more: look at the newest version and decide again.',
  )
  await expect(setPolicy(database, { ...change, expectedVersion: 7 })).rejects.toThrow(VersionConflictError)
  expect(await database.selectFrom('outbox').select('id').execute()).toHaveLength(1)
})

test('rules from before a condition was added, and from after a rollback, are read as rules of today', async () => {
  const older = { verdict: 'invalid', visitCountMin: 5 }
  const newer = { ...rule, checkInShareBelow: 0.5 }
  const row = { name: 'visit-assessment', rules: JSON.stringify([older, newer]), changed_by: 'ada' }
  await store.database
    .insertInto('policies')
    .values({ ...row, version: 1 })
    .execute()
  const [version] = await policyVersions(store.database, 'visit-assessment')
  expect(version!.rules).toEqual([{ ...rule, probabilityBelow: null }, rule])
})
