import { defaultEvidence } from '../../schemas/visits/policies.ts'
import { defaultDictionary as delivered } from '../../processors/recommendations/default-dictionary.ts'
import { dictionarySetting } from '../../processors/recommendations/dictionary-setting.ts'
import { policySetting } from '../../processors/visits/policy-setting.ts'
import { thresholdSetting } from '../../processors/loans/threshold-setting.ts'
import { dictionaries } from '../../schemas/recommendations/dictionary.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import { publishOutbox, type OutboxEntry } from '../../store/operations/outbox.ts'
import { VersionConflictError } from '../../store/sql/version-conflict.ts'
import {
  catalogueAt,
  catalogueChanges,
  newestSetting,
  newestSettings,
  setSetting,
  SettingRefusedError,
  settingVersions,
} from '../../store/versioned-settings.ts'
import { storeUnderTest } from './store-under-test.ts'

const store = storeUnderTest()
const change = { key: 'loan-demand', value: { value: 0.6 }, changedBy: 'ada', expectedVersion: 0 }
const rule = {
  verdict: 'invalid' as const,
  visitCountMin: 5,
  withinDays: null,
  probabilityBelow: 0.2,
  probabilityMovedLessThan: null,
}

describe('a setting of single records', () => {
  test('each edit is a new version, recorded with its editor, and waits in the outbox', async () => {
    const { database } = store
    const first = await setSetting(database, thresholdSetting, change)
    const second = await setSetting(database, thresholdSetting, {
      ...change,
      value: { value: 0.7 },
      expectedVersion: 1,
    })
    await setSetting(database, thresholdSetting, { ...change, key: 'recommendation' })
    expect(await settingVersions(database, thresholdSetting, 'loan-demand')).toEqual([second, first])
    expect(await newestSetting(database, thresholdSetting, 'loan-demand')).toEqual(second)
    expect(await newestSetting(database, policySetting, 'loan-demand')).toBeUndefined()
    expect([first.version, second.version]).toEqual([1, 2])
    expect(await newestSettings(database, thresholdSetting)).toMatchObject([
      { key: 'loan-demand', version: 2, value: { value: 0.7 } },
      { key: 'recommendation', version: 1 },
    ])
    expect(await settingVersions(database, policySetting, 'loan-demand')).toEqual([])
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
      { topic: 'thresholds', event: expect.objectContaining({ id: 'threshold/recommendation/1' }) },
    ])
  })

  test('an edit based on another version is refused, and nothing is sent', async () => {
    const { database } = store
    await setSetting(database, thresholdSetting, change)
    for (const expectedVersion of [0, 2])
      await expect(setSetting(database, thresholdSetting, { ...change, expectedVersion })).rejects.toThrow(
        VersionConflictError,
      )
    await expect(setSetting(database, thresholdSetting, change)).rejects.toThrow(
      'The threshold loan-demand is not at version 0 any more: look at the newest version and decide again.',
    )
    expect(await database.selectFrom('outbox').select('id').execute()).toHaveLength(1)
  })

  test('of several editors at once one wins', async () => {
    const { database } = store
    const edits = await Promise.allSettled([1, 2, 3].map(() => setSetting(database, thresholdSetting, change)))
    expect(edits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const edit of edits) if (edit.status === 'rejected') expect(edit.reason).toBeInstanceOf(VersionConflictError)
    expect(await settingVersions(database, thresholdSetting, 'loan-demand')).toHaveLength(1)
    expect(await database.selectFrom('outbox').select('id').execute()).toHaveLength(1)
  })

  test('values from before a field was added, and from after a rollback, are read as values of today', async () => {
    const older = { verdict: 'invalid', visitCountMin: 5 }
    const newer = { ...rule, checkInShareBelow: 0.5 }
    const value = JSON.stringify({ rules: [older, newer], appliesTo: 'all' })
    const row = { setting: 'policy', key: 'visit-assessment', version: 1, value, changedBy: 'ada' }
    await store.database.insertInto('setting_versions').values(row).execute()
    const [version] = await settingVersions(store.database, policySetting, 'visit-assessment')
    expect(version!.value).toEqual({ ...defaultEvidence, rules: [{ ...rule, probabilityBelow: null }, rule] })
  })
})

describe('a catalogue', () => {
  const { needs, characteristics } = dictionarySetting.lists
  const need = { name: 'Be quick', category: 'service', fieldOfActivity: null, segment: 'micro', retired: false }
  const lowRate = characteristics.defaults.get('low-rate')!
  const set = (value: typeof lowRate, expectedVersion: number, changedBy = 'ada', key = 'low-rate') =>
    setSetting(store.database, characteristics, { key, value, changedBy, expectedVersion })
  const setNeed = (expectedVersion: number) =>
    setSetting(store.database, needs, { key: 'speed', value: need, changedBy: 'li', expectedVersion })

  test('before anybody edits it, its default holds', async () => {
    expect(await catalogueAt(store.database, dictionarySetting)).toBe(delivered)
    expect(await settingVersions(store.database, needs, 'lower-costs')).toEqual([])
  })

  test('each change of any entry is a version of the whole; earlier versions can be read', async () => {
    await setNeed(0)
    await set({ ...lowRate, name: 'Best rate', needs: ['speed'] }, 0)
    await set({ ...lowRate, name: 'Best rate', needs: ['speed'], retired: true }, 2)
    const named = async (version?: number) =>
      (await catalogueAt(store.database, dictionarySetting, version)).characteristics.find(
        ({ id }) => id === 'low-rate',
      )!
    expect((await catalogueAt(store.database, dictionarySetting)).version).toBe(3)
    expect(await named()).toMatchObject({ name: 'Best rate', retired: true })
    expect(await named(2)).toMatchObject({ name: 'Best rate', retired: false, needs: ['speed'] })
    expect(await named(1)).toEqual({ id: 'low-rate', ...lowRate })
    expect((await catalogueAt(store.database, dictionarySetting, 0)).needs).toHaveLength(delivered.needs.length)
    expect((await catalogueAt(store.database, dictionarySetting, 1)).needs).toContainEqual({ id: 'speed', ...need })
    expect(await catalogueChanges(store.database, dictionarySetting)).toMatchObject([
      { version: 3, kind: 'characteristic', entryId: 'low-rate', changedBy: 'ada' },
      { version: 2, kind: 'characteristic', entryId: 'low-rate' },
      { version: 1, kind: 'need', entryId: 'speed', changedBy: 'li' },
    ])
    expect(await settingVersions(store.database, characteristics, 'low-rate')).toMatchObject([
      { version: 3, value: { retired: true } },
      { version: 2, value: { name: 'Best rate', advice: lowRate.advice } },
    ])
    const { rows } = await store.database.pool.query(
      "select kind, subject, version from bi_changes where changed_by = 'li'",
    )
    expect(rows).toEqual([{ kind: 'need', subject: 'speed', version: '1' }])
  })

  test('the whole setting goes to Kafka, in the edit’s own transaction', async () => {
    await setNeed(0)
    await expect(set({ ...lowRate, needs: ['there is none'] }, 0)).rejects.toThrow(SettingRefusedError)
    const sent: OutboxEntry[] = []
    await publishOutbox(store.database, (entry) => Promise.resolve(void sent.push(entry)))
    expect(sent).toHaveLength(1)
    expect(sent[0]!.topic).toBe('dictionaries')
    const converted = fromJson(dictionaries, sent[0]!.event)
    expect(converted.ok && converted.value.version).toBe(1)
    expect(converted.ok && converted.value.characteristics.map(({ id }) => id)).toEqual(
      delivered.characteristics.map(({ id }) => id).sort(),
    )
    expect(await catalogueChanges(store.database, dictionarySetting)).toHaveLength(1)
  })

  test('of several simultaneous edits one wins, and one based on an older version is refused', async () => {
    const edits = await Promise.allSettled(['a', 'b', 'c'].map((editor) => set(lowRate, 0, editor)))
    expect(edits.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(set(lowRate, 0)).rejects.toThrow(VersionConflictError)
    await expect(set(lowRate, 4, 'a', 'other')).rejects.toThrow(
      'The characteristic other is not at version 4 any more: look at the newest version and decide again.',
    )
  })

  test('of several editors of different entries at once each gets a version of the whole', async () => {
    const ids = ['a', 'b', 'c', 'd']
    const edits = await Promise.all(ids.map((key) => set(lowRate, 0, 'ada', key)))
    expect(edits.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4])
    expect((await catalogueAt(store.database, dictionarySetting)).version).toBe(4)
  })

  test('a setting that grows too large is refused', async () => {
    const advice = Object.fromEntries(Object.keys(lowRate.advice).map((stage) => [stage, 'x'.repeat(2_000_000)]))
    await expect(set({ ...lowRate, advice }, 0)).rejects.toThrow('and may take 4194304: shorten its texts.')
  })
})
