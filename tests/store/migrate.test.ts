import { openDatabase, type Database } from '../../store/database.ts'
import { migrate, migrationNames } from '../../store/migrate.ts'
import { freshDatabase } from '../support/services.ts'

let url: string
let drop: () => Promise<void>
let database: Database
beforeEach(async () => {
  ;({ url, drop } = await freshDatabase())
  database = openDatabase({ url, poolMax: 2 })
})
afterEach(async () => {
  await database.destroy()
  await drop()
})

test('of several starters at once each finds the newest schema, and every migration is applied once', async () => {
  const others = Array.from({ length: 4 }, () => openDatabase({ url, poolMax: 1 }))
  const applied = await Promise.all([database, ...others].map((one) => migrate(one)))
  await Promise.all(others.map((one) => one.destroy()))
  expect(applied.flat().sort()).toEqual([
    '0001-tables',
    '0002-views',
    '0003-list-indexes',
    '0004-more-views',
    '0005-recommendations',
    '0006-turns',
    '0007-potential-customers',
    '0008-interests',
    '0009-line-times',
    '0010-looked-at',
    '0011-positions',
    '0012-settings',
    '0013-feature-history',
    '0014-visit-circumstances',
    '0015-visit-assessments',
    '0016-planning',
    '0017-cases',
    '0018-deliveries',
    '0019-policies',
    '0020-calls',
    '0021-model-of-verdicts',
    '0022-contact-permissions',
    '0023-decided-evidence',
    '0024-campaign-lists',
    '0025-order-of-campaigns',
    '0026-script-choices',
    '0027-routing',
    '0028-call-sessions',
    '0029-script-database',
    '0030-api-keys',
    '0031-labelled-rows',
    '0032-unmapped-webhooks',
    '0033-trainings',
    '0034-label-holds',
    '0035-model-life',
    '0036-operational-views',
    '0037-personal-data',
    '0038-long-calls',
    '0039-exploration',
    '0040-teams',
    '0041-model-reports',
    '0042-customer-merges',
  ])
  expect(await migrate(database)).toEqual([])
})

test('a database of a newer platform is refused', async () => {
  await migrate(database)
  await database.pool.query(`insert into kysely_migration values ('9999-from-the-future', now())`)
  await expect(migrate(database)).rejects.toThrow('9999-from-the-future')
})

test('a migration that fails leaves nothing, and is named', async () => {
  await database.pool.query('create table bi_customers (x int)')
  await expect(migrate(database)).rejects.toThrow('The database could not be migrated (0004-more-views): ')
  const { rows } = await database.pool.query(
    `select to_regclass('customers') as customers, to_regclass('scores') as scores`,
  )
  expect(rows).toEqual([{ customers: null, scores: null }])
})

test('every view for BI can be read and explains itself', async () => {
  await migrate(database)
  const { rows } = await database.pool.query<{ name: string; comment: string | null }>(
    `select table_name as name, obj_description(table_name::regclass) as comment
     from information_schema.views where table_schema = 'public' order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual([
    'bi_alert_history',
    'bi_alerts',
    'bi_assessment_history',
    'bi_assessments',
    'bi_call_attempts',
    'bi_call_sessions',
    'bi_calls',
    'bi_campaign_pacing',
    'bi_campaign_queue',
    'bi_case_acts',
    'bi_case_labels',
    'bi_cases',
    'bi_changes',
    'bi_contact_permissions',
    'bi_contact_refusals',
    'bi_contacts',
    'bi_customers',
    'bi_dead_letters',
    'bi_deliveries',
    'bi_desk_agents',
    'bi_dispatched_calls',
    'bi_exploration',
    'bi_gaps',
    'bi_held_activations',
    'bi_impossible_positions',
    'bi_input_drift',
    'bi_interests',
    'bi_label_holds',
    'bi_labelled_rows',
    'bi_model_acts',
    'bi_model_reports',
    'bi_models',
    'bi_opportunities',
    'bi_organisations',
    'bi_outcomes',
    'bi_potential_customers',
    'bi_priorities',
    'bi_recommendations',
    'bi_recommended_needs',
    'bi_revision_decisions',
    'bi_routed_calls',
    'bi_routing_decisions',
    'bi_score_history',
    'bi_scores',
    'bi_script_choices',
    'bi_script_retirements',
    'bi_script_reviews',
    'bi_scripts',
    'bi_session_steps',
    'bi_shadow_assessments',
    'bi_shadow_scores',
    'bi_trainings',
    'bi_turns',
    'bi_unmapped_webhooks',
    'bi_visit_assessments',
    'bi_visit_evidence',
    'bi_visits',
  ])
  for (const { name, comment } of rows) {
    expect(comment).toMatch(/\.$/)
    expect((await database.pool.query(`select * from ${name}`)).rows).toEqual([])
  }
})

test('every column of a view made since migration 0036 has a comment', async () => {
  await migrate(database)
  const { rows } = await database.pool.query<{ column: string; comment: string | null }>(
    `select c.relname || '.' || a.attname as column, col_description(c.oid, a.attnum) as comment
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind = 'v' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 order by c.oid, a.attnum`,
  )
  const newer = rows.slice(rows.findIndex(({ column }) => column === 'bi_unmapped_webhooks.id'))
  expect(newer.length).toBeGreaterThan(100)
  expect(newer.filter(({ comment }) => comment === null || !comment.endsWith('.'))).toEqual([])
})

test('migrations run by number; a number that is missing or taken twice is refused', () => {
  expect(migrationNames(['0002-b.ts', '0001-a.ts'])).toEqual(['0001-a', '0002-b'])
  expect(() => migrationNames(['0001-a.ts', '0002-b.ts', '0002-c.ts'])).toThrow(
    'store/migrations/0002-c.ts has the number of 0002-b.ts: give it the next one.',
  )
  expect(() => migrationNames(['0001-a.ts', '0003-c.ts'])).toThrow('has 0003-c.ts, and no migration 0002.')
  expect(() => migrationNames(['0000-a.ts'])).toThrow('has 0000-a.ts, and no migration 0001.')
  expect(() => migrationNames(['0001-a.ts', 'notes.md'])).toThrow('store/migrations/notes.md: name a migration')
})
