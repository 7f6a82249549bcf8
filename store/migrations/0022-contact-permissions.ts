import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table contact_permissions (
    id text not null, customer_id text not null, kind text not null, purpose text, channel text, form text,
    expires_at timestamptz, evidence text, occurred_at timestamptz not null, source text not null,
    primary key (customer_id, id))`,
  `comment on table contact_permissions is 'What customers said about being contacted, all of it: the proof of a consent.'`,
  `comment on column contact_permissions.purpose is 'null: every purpose.'`,
  `comment on column contact_permissions.channel is 'null: every channel.'`,
  `create table contact_refusals (
    id text primary key, customer_id text not null, campaign text not null, purpose text not null, channel text not null,
    jurisdiction text not null, rule text not null, rule_version integer, detail text not null, until timestamptz,
    other_rules jsonb not null, occurred_at timestamptz not null, source text not null)`,
  `comment on table contact_refusals is 'Customers who were not to be called, each time with what stood against it.'`,
  `create index on contact_refusals (occurred_at, id)`,
  `create index on contact_refusals (campaign, occurred_at)`,
  `create index on contact_refusals (customer_id, occurred_at)`,
  `alter table customers add column profile_time_zone text`,
  `update customers set profile_time_zone = time_zone where profile_at is not null`,
  `comment on column customers.profile_time_zone is 'Of the profile, for the hours of calls; UTC: not known.'`,
  `alter table sink_progress alter column as_of drop not null, add column decisive_as_of timestamptz`,
  `comment on column sink_progress.decisive_as_of is 'The same of what decides whether people are called; null: not known yet.'`,
  `create view bi_contact_refusals as select r.*, c.name as customer_name from contact_refusals r
    left join customers c using (customer_id)`,
  `comment on view bi_contact_refusals is 'Customers who were not to be called, and why.'`,
]

/** Permissions to contact customers, and refusals. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
