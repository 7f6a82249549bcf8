import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `alter table models drop constraint models_status_check`,
  `alter table models
    add constraint models_status_check check (status in ('challenger', 'champion', 'retired', 'shadow', 'canary')),
    add column gate jsonb,
    add column canary_share double precision`,
  `comment on column models.gate is 'Decision of the gate, with its numbers; null: it was not asked.'`,
  `create unique index one_canary on models (task) where status = 'canary'`,
  `create table model_acts (
    id bigint generated always as identity primary key, task text not null, model_id text references models (id),
    act text not null, acted_by text not null, reason text not null, numbers jsonb not null, live jsonb not null,
    acted_at timestamptz not null default now())`,
  `comment on table model_acts is 'What people and the platform did with models.'`,
  `comment on column model_acts.live is 'The models that are live after it.'`,
  `create index on model_acts (task, id)`,
  // Earlier releases; who released them was not recorded, and only the last release of each model is known.
  `insert into model_acts (task, model_id, act, acted_by, reason, numbers, live, acted_at)
    select task, id, 'promote', 'unknown', coalesce(reason, ''), '{}',
      jsonb_build_object('champion', id, 'canary', null, 'shadows', '[]'::jsonb), released_at
    from models where released_at is not null order by released_at`,
  `create table shadow_scores (
    id text not null, score_id text not null, task text not null, subject_id text not null, customer_id text not null,
    model_id text not null, probability double precision not null, outputs jsonb not null,
    live_model_id text, live_probability double precision, occurred_at timestamptz not null,
    primary key (task, model_id, subject_id))`,
  `comment on table shadow_scores is 'The newest score of each subject by each model on trial as a shadow.'`,
  `create or replace view bi_models as
    select id, task, algorithm, feature_set, metrics, data, code_version, status, reason, trained_at, released_at, gate
    from models`,
  `comment on column bi_models.status is 'champion: in use; canary: scores a share of the customers; shadow: its scores have no consequences; challenger: not released; retired: was in use.'`,
  `comment on column bi_models.gate is 'Decision of the gate, with its numbers.'`,
  `create view bi_model_acts as select id, task, model_id, act, acted_by, reason, numbers, acted_at from model_acts`,
  `comment on view bi_model_acts is 'What people and the platform did with models.'`,
  `create view bi_shadow_scores as
    select score_id, task, subject_id, customer_id, model_id, probability, live_model_id, live_probability, occurred_at
    from shadow_scores`,
  `comment on view bi_shadow_scores is 'The newest score of each subject by each model on trial as a shadow.'`,
]

/** Modes of models, the decisions of gates, who did what with models, and scores of shadows. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
