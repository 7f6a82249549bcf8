import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table customer_merges (
    number bigint generated always as identity primary key, id text not null unique, customer_id text not null unique,
    into_id text not null check (into_id <> customer_id), reason text not null, changed_by text,
    merged_at timestamptz not null default now())`,
  `comment on table customer_merges is 'Customers who turned out to be another one, and belong to that one since.'`,
  `comment on column customer_merges.changed_by is 'Who decided it; null: another system.'`,
  `create index on customer_merges (into_id)`,
  `create or replace view bi_changes as
    select setting as kind, key as subject, version::text as version, value as content, changed_by, changed_at, reason from setting_versions
    union all select 'release', task, id, to_jsonb(reason), null, released_at, reason from models where released_at is not null
    union all select 'api-key', name, id, jsonb_build_object('act', 'created', 'roles', roles, 'salespersonId', salesperson_id,
      'teamId', team_id, 'expiresAt', expires_at), created_by, created_at, null from api_keys
    union all select 'api-key', name, id, jsonb_build_object('act', 'revoked'), revoked_by, revoked_at, null from api_keys
      where revoked_at is not null
    union all select 'personal-data', digest, id::text, jsonb_build_object('act', act, 'refusedUntil', refused_until),
      done_by, done_at, reason from personal_data_acts
    union all select 'customer-merge', customer_id, id, jsonb_build_object('into', into_id), changed_by, merged_at, reason
      from customer_merges`,
]

/** Merges of customers, by which the sink knows whose rows it writes. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
