import { sql, type Kysely, type Migration } from 'kysely'

const scoreColumns = `
  id text not null,
  task text not null,
  subject_id text not null,
  customer_id text not null,
  opportunity_id text,
  salesperson_id text,
  visit_count integer,
  probability double precision,
  model_id text,
  absent text,
  feature_set text not null,
  "row" real[] not null,
  text text,
  occurred_at timestamptz not null,
  input_topic text,
  input_partition integer,
  input_offset bigint`

const assessmentColumns = `
  id text not null,
  opportunity_id text not null,
  customer_id text not null,
  salesperson_id text,
  verdict text not null,
  reasons jsonb not null,
  visit_count integer not null,
  probability double precision,
  policy_version integer not null,
  occurred_at timestamptz not null`

const alertColumns = `
  id text not null,
  kind text not null,
  subject_id text not null,
  customer_id text not null,
  raised boolean not null,
  text text not null,
  probability double precision,
  threshold double precision,
  occurred_at timestamptz not null`

const statements = [
  `create table sink_positions (topic text, partition integer, next_offset bigint not null, primary key (topic, partition))`,
  `create table customers (
    customer_id text primary key,
    feature_set text, "values" real[], time_zone text, features_at timestamptz,
    name text, sex text, birth_year integer, registered_place text, residence text, segment text,
    attributes jsonb, profile_at timestamptz, source text)`,
  `create table scores (${scoreColumns}, primary key (task, subject_id))`,
  `create index on scores (customer_id)`,
  `create index on scores (task, probability desc nulls last, subject_id)`,
  `create table score_history (${scoreColumns}, primary key (occurred_at, id)) partition by range (occurred_at)`,
  `create index on score_history (task, customer_id, occurred_at)`,
  `create table opportunities (
    opportunity_id text primary key, revision integer not null, customer_id text not null, salesperson_id text not null, team_id text,
    product text, stage text, status text not null, value_minor bigint, currency text, occurred_at timestamptz not null, source text not null)`,
  `create index on opportunities (customer_id)`,
  `create index on opportunities (salesperson_id, status)`,
  `create table visits (
    visit_id text primary key, revision integer not null, withdrawn boolean not null, opportunity_id text not null, customer_id text not null,
    salesperson_id text not null, text text not null, latitude double precision, longitude double precision,
    check_in_at timestamptz, check_out_at timestamptz, occurred_at timestamptz not null, source text not null)`,
  `create index on visits (opportunity_id, occurred_at)`,
  `create index on visits (customer_id, occurred_at)`,
  `create table priorities (
    scope text, owner text, entries jsonb not null, open_count integer not null, occurred_at timestamptz not null, primary key (scope, owner))`,
  `create table assessments (${assessmentColumns}, primary key (opportunity_id))`,
  `create index on assessments (verdict, occurred_at)`,
  `create index on assessments (customer_id)`,
  `create table assessment_history (${assessmentColumns}, primary key (id))`,
  `create table alerts (${alertColumns}, primary key (kind, subject_id))`,
  `create index on alerts (customer_id)`,
  `create table alert_history (${alertColumns}, primary key (id))`,
  `create table outcomes (
    id text primary key, task text not null, subject_id text not null, customer_id text not null, value double precision not null,
    as_of timestamptz, occurred_at timestamptz not null, source text not null)`,
  `create index on outcomes (task, occurred_at)`,
  `create table dead_letters (
    id text primary key, processor text not null, topic text not null, partition integer not null, "offset" bigint not null,
    code text not null, message text not null, key bytea, value bytea, occurred_at timestamptz not null)`,
  `create table models (
    id text primary key, task text not null, algorithm text not null, feature_set text not null, artefact bytea not null,
    metrics jsonb not null, data jsonb not null, code_version text not null,
    status text not null check (status in ('challenger', 'champion', 'retired')), reason text,
    trained_at timestamptz not null default now(), released_at timestamptz)`,
  `create unique index one_champion on models (task) where status = 'champion'`,
  `create table policies (
    name text, version integer, rules jsonb not null, changed_by text not null, changed_at timestamptz not null default now(),
    primary key (name, version))`,
  `create table thresholds (
    task text, version integer, value double precision not null, changed_by text not null, changed_at timestamptz not null default now(),
    primary key (task, version))`,
  `create table outbox (
    id bigint generated always as identity primary key, topic text not null, event jsonb not null,
    created_at timestamptz not null default now(), published_at timestamptz)`,
  `create index on outbox (id) where published_at is null`,
]

/** The first tables and their indexes. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
