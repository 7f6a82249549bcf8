import { makeKey } from '../../../api/access/make-key.ts'
import { builtInRoles } from '../../../api/access/roles.ts'
import { thresholdSetting } from '../../../processors/loans/threshold-setting.ts'
import { policyLimitSetting } from '../../../processors/visits/policies/policy-limit-setting.ts'
import { snoozeSetting } from '../../../processors/visits/cases/snooze-setting.ts'
import { setSetting } from '../../../store/versioned-settings.ts'
import { promoteModel } from '../../../store/models/release-models.ts'
import { registerServed } from '../../retrainer/lifecycle/rollback/served-models.ts'
import { revokeApiKey } from '../../../store/access/api-keys.ts'
import { recordExport } from '../../../store/operations/personal-data-acts.ts'
import { redriveOnce } from '../../../store/operations/redrives.ts'
import { apiUnderTest, requiredAccess, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
  const { database } = api
  const edit = { key: 'loan-demand', changedBy: 'li', reason: 'Fewer calls' }
  for (const version of [0, 1, 2])
    await setSetting(database, thresholdSetting, {
      ...edit,
      value: { value: 0.5 + version / 10 },
      expectedVersion: version,
    })
  const [[key, value]] = [...policyLimitSetting.defaults] as [[string, never]]
  await setSetting(database, policyLimitSetting, { key, value, changedBy: 'wang', expectedVersion: 0 })
  await promoteModel(database, await registerServed(database, 4), 'better than the baseline')
})
afterAll(() => api.close())

interface Listed {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly act: string
  readonly version: number | null
  readonly changedBy: string
  readonly occurredAt: string
  readonly before: unknown
  readonly after: unknown
}
const list = async (query = '', under = api, headers = {}) =>
  (await under.server.inject({ url: `/changes${query}`, headers })).json<{ items: Listed[]; next: string | null }>()

test('every change of a setting or of the models in use, newest first, with author and reason', async () => {
  const { items } = await list()
  expect(items.map(({ kind, version, changedBy }) => [kind, version, changedBy])).toEqual([
    ['model', null, expect.any(String)],
    ['policy limit', 1, 'wang'],
    ['threshold', 3, 'li'],
    ['threshold', 2, 'li'],
    ['threshold', 1, 'li'],
  ])
  expect(items[0]).toMatchObject({ act: 'promote', subject: 'call-conversion', reason: 'better than the baseline' })
  expect(items[2]).toMatchObject({ act: 'set', subject: 'loan-demand', reason: 'Fewer calls' })
})

test('what was valid before and after: of the first version the default, of a model the live models', async () => {
  const { items } = await list()
  expect(items.slice(2).map(({ before, after }) => [before, after])).toEqual([
    [{ value: 0.6 }, { value: 0.7 }],
    [{ value: 0.5 }, { value: 0.6 }],
    [thresholdSetting.defaults.get('loan-demand'), { value: 0.5 }],
  ])
  expect(items[0]).toMatchObject({ before: null, after: { champion: expect.any(String) as string, shadows: [] } })
})

test('page by page nothing is left out or repeated, also of changes in the same millisecond', async () => {
  await api.database.pool.query(
    `update setting_versions set changed_at = (select min(changed_at) from setting_versions where setting = 'threshold')
     + version * interval '1 microsecond' where setting = 'threshold'`,
  )
  const seen: unknown[] = []
  let after = ''
  do {
    const page = await list(`?limit=2${after}`)
    seen.push(...page.items.map(({ id }) => id))
    after = page.next === null ? '' : `&after=${page.next}`
  } while (after !== '')
  expect(seen).toHaveLength(5)
  expect(new Set(seen).size).toBe(5)
})

test('filtered by kind, author and time, and exported', async () => {
  expect((await list('?kind=threshold')).items).toHaveLength(3)
  expect((await list('?changedBy=wang')).items).toHaveLength(1)
  expect((await list('?subject=loan-demand&changedBy=wang')).items).toEqual([])
  expect((await list('?since=2999-01-01T00:00:00Z')).items).toEqual([])
  const [model] = (await list('?kind=model')).items
  expect((await list(`?since=${model!.occurredAt}`)).items).toEqual([model])
  expect((await list(`?until=${model!.occurredAt}`)).items).toHaveLength(4)
  const { body } = await api.server.inject({ url: '/changes.csv?kind=threshold' })
  expect(body.trim().split('\r\n')).toHaveLength(4)
  expect(body).toContain('Fewer calls')
  expect(body).toContain('"{""value"":0.6}"')
  const lines = (await api.server.inject({ url: '/changes.ndjson' })).body.trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as Listed).id)).toEqual((await list()).items.map(({ id }) => id))
})

test('a time that does not exist is refused', async () => {
  const answer = await api.server.inject({ url: '/changes?since=2026-06-30T23:59:60Z' })
  expect(answer.statusCode).toBe(400)
  expect(answer.json()).toMatchObject({ errors: [{ part: 'query', path: '/since' }] })
})

test('a setting is shown as its route shows it, and a version that can’t be read as it was stored', async () => {
  const { database } = api
  const key = 's1-false'
  const value = { rule: 'suspected_false', salespersonId: 's-1', customerId: null, from: 0, until: 86_400_000 }
  const snooze = { ...snoozeSetting.lists.snoozes, validate: () => undefined }
  const full = { ...value, reason: 'Known', retired: false } as never
  await setSetting(database, snooze, { key, value: full, changedBy: 'li', expectedVersion: 0 })
  const [shown] = (await list(`?kind=snooze&subject=${key}`)).items
  expect(shown).toMatchObject({
    reason: 'Known',
    before: null,
    after: { until: '1970-01-02T00:00:00.000Z', reason: 'Known' },
  })
  await database.pool.query(`update setting_versions set value = '{"old": true}' where setting = 'snooze'`)
  expect((await list(`?kind=snooze&subject=${key}`)).items).toMatchObject([{ after: { old: true } }])
})

test('API keys, personal data and records sent again; the first two for administrators only', async () => {
  const access = requiredAccess(builtInRoles)
  const guarded = await apiUnderTest({ access })
  try {
    const { database } = guarded
    const made = await makeKey(database, {
      name: 'Eve',
      roles: ['viewer'],
      salespersonId: null,
      teamId: null,
      days: 1,
      createdBy: 'Ada',
    })
    const admin = await makeKey(database, {
      ...made.key,
      name: 'Ada',
      roles: ['administrator'],
      days: 1,
      createdBy: 'IT',
    })
    await recordExport(database, 'd1g3st', { doneBy: 'Ada', reason: 'The customer asked' })
    const letter = { topic: 'visits', partition: 0, offset: 7, id: 'visits/0/7', code: 'UNDECODABLE' }
    await redriveOnce(database, letter, { by: 'Olga', reason: 'Mended' }, () => Promise.resolve())
    const as = (key: string) => list('', guarded, { authorization: `Bearer ${key}` })
    const acts = ({ items }: { items: readonly Listed[] }) =>
      items.map(({ kind, subject, act }) => [kind, subject, act])
    const redrive = ['redrive', 'visits/0/7', 'redriven']
    expect(acts(await as(made.text))).toEqual([redrive])
    await revokeApiKey(database, made.key.id, 'Ada')
    const all = await as(admin.text)
    expect(acts(all)).toEqual([
      ['api-key', 'Eve', 'revoked'],
      redrive,
      ['personal-data', 'd1g3st', 'export'],
      ['api-key', 'Ada', 'created'],
      ['api-key', 'Eve', 'created'],
    ])
    const [revoked, , , , created] = all.items
    expect(created).toMatchObject({
      before: null,
      after: { id: made.key.id, roles: ['viewer'], salespersonId: null, teamId: null },
    })
    expect(revoked).toMatchObject({ changedBy: 'Ada', before: created!.after, after: null })
    expect(JSON.stringify(all)).not.toContain(made.text.split('_')[2])
  } finally {
    await guarded.close()
  }
})
