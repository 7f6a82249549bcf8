import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table personal_data_acts (
    id bigint generated always as identity primary key, act text not null check (act in ('export', 'erase')),
    digest text not null, refused_until timestamptz, done_by text not null, reason text not null,
    done_at timestamptz not null default now(), check ((act = 'erase') = (refused_until is not null)))`,
  `comment on table personal_data_acts is 'Exports and erasures of personal data: of whom, by digest, who, when, why.'`,
  `comment on column personal_data_acts.digest is 'Digest of the id of the person (docs/personal-data.md).'`,
  `comment on column personal_data_acts.refused_until is 'Until when records about an erased person are dropped.'`,
  `create index on personal_data_acts (digest)`,
  `create or replace view bi_changes as
    select setting as kind, key as subject, version::text as version, value as content, changed_by, changed_at, reason from setting_versions
    union all select 'release', task, id, to_jsonb(reason), null, released_at, reason from models where released_at is not null
    union all select 'api-key', name, id, jsonb_build_object('act', 'created', 'roles', roles, 'salespersonId', salesperson_id,
      'expiresAt', expires_at), created_by, created_at, null from api_keys
    union all select 'api-key', name, id, jsonb_build_object('act', 'revoked'), revoked_by, revoked_at, null from api_keys
      where revoked_at is not null
    union all select 'personal-data', digest, id::text, jsonb_build_object('act', act, 'refusedUntil', refused_until),
      done_by, done_at, reason from personal_data_acts`,
  `comment on view bi_changes is 'Changes by people and by the retrainer: versions of settings, released models, API keys created or revoked, and personal data exported or erased.'`,
]

/** The audit of exports and erasures of personal data, by which the sink knows whose rows it must not write. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
