import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table api_keys (
    id text primary key, name text not null, secret_hash bytea not null, roles text[] not null, salesperson_id text,
    created_by text not null, created_at timestamptz not null default now(), expires_at timestamptz not null,
    revoked_by text, revoked_at timestamptz, last_used_at timestamptz)`,
  `comment on table api_keys is 'API keys of people and programs. A key can’t be restored from its hash.'`,
  `comment on column api_keys.id is 'Public part of the key, by which it is found.'`,
  `comment on column api_keys.name is 'Holder of the key, recorded as the author of changes.'`,
  `comment on column api_keys.secret_hash is 'SHA-256 of the secret part, which has 256 random bits.'`,
  `comment on column api_keys.last_used_at is 'Up to an hour behind the last use.'`,
  `create or replace view bi_changes as
    select setting as kind, key as subject, version::text as version, value as content, changed_by, changed_at, reason from setting_versions
    union all select 'release', task, id, to_jsonb(reason), null, released_at, reason from models where released_at is not null
    union all select 'api-key', name, id, jsonb_build_object('act', 'created', 'roles', roles, 'salespersonId', salesperson_id,
      'expiresAt', expires_at), created_by, created_at, null from api_keys
    union all select 'api-key', name, id, jsonb_build_object('act', 'revoked'), revoked_by, revoked_at, null from api_keys
      where revoked_at is not null`,
  `comment on view bi_changes is 'Changes by people and by the retrainer: versions of settings, released models, and API keys created or revoked.'`,
]

/** API keys, and their creation and revocation in the list of changes. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
