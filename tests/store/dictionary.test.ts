import { deliveredDictionary as delivered } from '../../processors/delivered-dictionary.ts'
import { dictionaries, type Characteristic, type Need } from '../../schemas/dictionary.ts'
import { fromJson } from '../../schemas/json-event.ts'
import { dictionaryAt, dictionaryChanges, EntryRefusedError, entryVersions, setEntry } from '../../store/dictionary.ts'
import { sendOutbox, type OutboxEntry } from '../../store/outbox.ts'
import { VersionConflictError } from '../../store/version-conflict.ts'
import { storeUnderTest } from './store-under-test.ts'

const store = storeUnderTest()
const need: Need = { id: 'speed', name: 'Be quick', category: 'service', fieldOfActivity: null, segment: 'micro', retired: false }
const lowRate = delivered.characteristics.find(({ id }) => id === 'low-rate')!
const set = (entry: Characteristic, expectedVersion: number, changedBy = 'ada') =>
  setEntry(store.database, delivered, { kind: 'characteristic', entry, changedBy, expectedVersion })
const setNeed = (entry: Need, expectedVersion: number) =>
  setEntry(store.database, delivered, { kind: 'need', entry, changedBy: 'li', expectedVersion })

test('before anybody edits it, the delivered dictionary is in force', async () => {
  expect(await dictionaryAt(store.database, delivered)).toBe(delivered)
  expect(await entryVersions(store.database, 'need', 'lower-costs')).toEqual([])
})

test('each change of any entry is a version of the whole; former versions can be read', async () => {
  await setNeed(need, 0)
  await set({ ...lowRate, name: 'Best rate', needs: ['speed'] }, 0)
  await set({ ...lowRate, name: 'Best rate', needs: ['speed'], retired: true }, 2)
  const named = async (version?: number) =>
    (await dictionaryAt(store.database, delivered, version)).characteristics.find(({ id }) => id === 'low-rate')!
  expect((await dictionaryAt(store.database, delivered)).version).toBe(3)
  expect(await named()).toMatchObject({ name: 'Best rate', retired: true })
  expect(await named(2)).toMatchObject({ name: 'Best rate', retired: false, needs: ['speed'] })
  expect(await named(1)).toEqual(lowRate)
  expect((await dictionaryAt(store.database, delivered, 0)).needs).toHaveLength(delivered.needs.length)
  expect((await dictionaryAt(store.database, delivered, 1)).needs).toContainEqual(need)
  expect(await dictionaryChanges(store.database)).toMatchObject([
    { version: 3, kind: 'characteristic', entryId: 'low-rate', changedBy: 'ada' },
    { version: 2, kind: 'characteristic', entryId: 'low-rate' },
    { version: 1, kind: 'need', entryId: 'speed', changedBy: 'li' },
  ])
  expect(await entryVersions(store.database, 'characteristic', 'low-rate')).toMatchObject([
    { version: 3, entry: { retired: true } },
    { version: 2, entry: { name: 'Best rate', advice: lowRate.advice } },
  ])
  const { rows } = await store.database.pool.query("select kind, subject, version from bi_changes where changed_by = 'li'")
  expect(rows).toEqual([{ kind: 'need', subject: 'speed', version: '1' }])
})

test('the whole dictionary goes to Kafka, in the edit’s own transaction', async () => {
  await setNeed(need, 0)
  await expect(set({ ...lowRate, needs: ['there is none'] }, 0)).rejects.toThrow(EntryRefusedError)
  const sent: OutboxEntry[] = []
  await sendOutbox(store.database, (entry) => Promise.resolve(void sent.push(entry)))
  expect(sent).toHaveLength(1)
  expect(sent[0]!.topic).toBe('dictionaries')
  const converted = fromJson(dictionaries, sent[0]!.event)
  expect(converted.ok && converted.value.version).toBe(1)
  expect(converted.ok && converted.value.characteristics.map(({ id }) => id)).toEqual(
    delivered.characteristics.map(({ id }) => id).sort(),
  )
  expect(await dictionaryChanges(store.database)).toHaveLength(1)
})

test('of several editors at once one wins, and who has seen an older version is refused', async () => {
  const edits = await Promise.allSettled(['a', 'b', 'c'].map((editor) => set(lowRate, 0, editor)))
  expect(edits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await expect(set(lowRate, 0)).rejects.toThrow(VersionConflictError)
  await expect(set({ ...lowRate, id: 'other' }, 4)).rejects.toThrow(
    'The characteristic other is not at version 4 any more: look at the newest version and decide again.',
  )
})

test('a dictionary that grows too large is refused', async () => {
  const advice = Object.fromEntries(Object.keys(lowRate.advice).map((stage) => [stage, 'x'.repeat(2_000_000)]))
  await expect(set({ ...lowRate, advice }, 0)).rejects.toThrow('and may take 4194304: shorten advice.')
})
