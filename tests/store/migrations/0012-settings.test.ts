import { defaultEvidence } from '../../../schemas/visits/policies.ts'
import { dictionarySetting } from '../../../processors/recommendations/dictionary-setting.ts'
import { policySetting } from '../../../processors/visits/policy-setting.ts'
import { thresholdSetting } from '../../../processors/loans/threshold-setting.ts'
import { openDatabase, type Database } from '../../../store/database.ts'
import tables from '../../../store/migrations/0001-tables.ts'
import biViews from '../../../store/migrations/0002-views.ts'
import listIndexes from '../../../store/migrations/0003-list-indexes.ts'
import moreBiViews from '../../../store/migrations/0004-more-views.ts'
import recommendations from '../../../store/migrations/0005-recommendations.ts'
import settings from '../../../store/migrations/0012-settings.ts'
import { catalogueAt, settingVersions } from '../../../store/versioned-settings.ts'
import { freshDatabase } from '../../support/services.ts'

let database: Database
let drop: () => Promise<void>
beforeAll(async () => {
  const fresh = await freshDatabase()
  drop = fresh.drop
  database = openDatabase({ url: fresh.url, poolMax: 1 })
})
afterAll(async () => {
  await database.destroy()
  await drop()
})

const rule = {
  verdict: 'invalid',
  visitCountMin: 5,
  withinDays: null,
  probabilityBelow: 0.2,
  probabilityMovedLessThan: null,
}

test('settings from before the common table are kept, with their versions, editors and times', async () => {
  for (const { up } of [tables, biViews, listIndexes, moreBiViews, recommendations]) await up(database as never)
  const at = '2026-01-02T03:04:05.678Z'
  for (const statement of [
    `insert into policies values ('visit-assessment', 1, '${JSON.stringify([rule])}', 'li', '${at}')`,
    `insert into thresholds values ('loan-demand', 1, 0.7, 'li', '${at}'), ('loan-demand', 2, 0.65, 'wang', '${at}')`,
    `insert into dictionary_versions values (1, 'need', 'speed', 'ada', '${at}'), (2, 'characteristic', 'at-once', 'bo', '${at}')`,
    `insert into needs values ('speed', 1, 'Be quick', 'service', null, 'micro', false)`,
    `insert into characteristics values ('at-once', 2, 'At once', 'Now.', null, '["speed"]', '{"sale": "Say so."}', true)`,
  ])
    await database.pool.query(statement)
  await settings.up(database as never)
  // Adds what a later migration adds, without everything that it builds on.
  await database.pool.query(
    'alter table setting_versions add column reason text, add column forced boolean not null default false',
  )

  const changedAt = new Date(at)
  const noReason = { reason: null, forced: false }
  expect(await settingVersions(database, policySetting, 'visit-assessment')).toEqual([
    {
      key: 'visit-assessment',
      version: 1,
      value: { ...defaultEvidence, rules: [rule] },
      changedBy: 'li',
      changedAt,
      ...noReason,
    },
  ])
  expect(await settingVersions(database, thresholdSetting, 'loan-demand')).toEqual([
    { key: 'loan-demand', version: 2, value: { value: 0.65 }, changedBy: 'wang', changedAt, ...noReason },
    { key: 'loan-demand', version: 1, value: { value: 0.7 }, changedBy: 'li', changedAt, ...noReason },
  ])
  const whole = await catalogueAt(database, dictionarySetting)
  expect(whole).toMatchObject({ version: 2, changedBy: 'bo', occurredAt: changedAt.getTime() })
  expect(whole.needs).toContainEqual({
    id: 'speed',
    name: 'Be quick',
    category: 'service',
    fieldOfActivity: null,
    segment: 'micro',
    retired: false,
  })
  expect(whole.characteristics).toContainEqual({
    id: 'at-once',
    name: 'At once',
    description: 'Now.',
    product: null,
    needs: ['speed'],
    advice: { sale: 'Say so.' },
    retired: true,
  })
  const { rows } = await database.pool.query(
    'select kind, subject, version, changed_by from bi_changes order by 1, 2, 3',
  )
  expect(rows.map((row) => Object.values(row as object).join(' '))).toEqual([
    'characteristic at-once 2 bo',
    'need speed 1 ada',
    'policy visit-assessment 1 li',
    'threshold loan-demand 1 li',
    'threshold loan-demand 2 wang',
  ])
})
