import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `alter table setting_versions
    add column reason text,
    add column forced boolean not null default false,
    add column checked jsonb`,
  `comment on column setting_versions.checked is 'What a trial on history found before it was set; null: it was not tried.'`,
  `create table held_activations (
    id bigint generated always as identity primary key, setting text not null, key text not null, value jsonb not null,
    reason text not null, changed_by text not null, checked jsonb not null, held_at timestamptz not null default now())`,
  `create index on held_activations (setting, key, id)`,
  `create table shadow_assessments (
    candidate text, subject_id text, id text not null, customer_id text not null, salesperson_id text,
    visited_at timestamptz not null, verdict text not null, in_force text not null, policy_version integer not null,
    occurred_at timestamptz not null, primary key (candidate, subject_id))`,
  `create index on visits (occurred_at, visit_id)`,
  `create or replace view bi_changes as
    select setting as kind, key as subject, version::text as version, value as content, changed_by, changed_at, reason from setting_versions
    union all select 'release', task, id, to_jsonb(reason), null, released_at, reason from models where released_at is not null`,
  `comment on column bi_changes.reason is 'Why; null: nobody was asked.'`,
]

/** Reasons for activating policies, refused activations, and the flags of policies in shadow. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
