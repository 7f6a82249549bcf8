import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `alter table api_keys add column team_id text`,
  `comment on column api_keys.team_id is 'The team that the holder leads; null if none.'`,
  `create index on opportunities (team_id)`,
  `create or replace view bi_changes as
    select setting as kind, key as subject, version::text as version, value as content, changed_by, changed_at, reason from setting_versions
    union all select 'release', task, id, to_jsonb(reason), null, released_at, reason from models where released_at is not null
    union all select 'api-key', name, id, jsonb_build_object('act', 'created', 'roles', roles, 'salespersonId', salesperson_id,
      'teamId', team_id, 'expiresAt', expires_at), created_by, created_at, null from api_keys
    union all select 'api-key', name, id, jsonb_build_object('act', 'revoked'), revoked_by, revoked_at, null from api_keys
      where revoked_at is not null
    union all select 'personal-data', digest, id::text, jsonb_build_object('act', act, 'refusedUntil', refused_until),
      done_by, done_at, reason from personal_data_acts`,
]

/** An API key may name the team that its holder leads, and the objects of a team are found by an index. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
