import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table trainings (
    id bigint generated always as identity primary key, task text not null, trigger text not null, why text not null,
    requested_by text, requested_at timestamptz not null default now(), state text not null,
    attempts integer not null default 0, started_at timestamptz, ended_at timestamptz, labels bigint,
    labels_known_to timestamptz, result text, model_id text, promoted boolean)`,
  `create index on trainings (task, id)`,
  `create index on trainings (id) where state in ('requested', 'running')`,
  `comment on table trainings is 'Trainings of models with their triggers and results.'`,
  `create view bi_trainings as select id, task, trigger, why, requested_by, requested_at, state, attempts, started_at,
    ended_at, labels, labels_known_to, result, model_id, promoted from trainings`,
  `comment on view bi_trainings is 'Trainings of models with their triggers and results.'`,
  `comment on column bi_trainings.trigger is 'first, schedule, labels, drift, request or command.'`,
  `comment on column bi_trainings.why is 'What the trigger saw, or the reason that a person gave.'`,
  `comment on column bi_trainings.state is 'requested, running, ended or failed.'`,
  `comment on column bi_trainings.labels is 'Training labels of the task when it began.'`,
  `comment on column bi_trainings.labels_known_to is 'When the newest of them had become known.'`,
  `comment on column bi_trainings.result is 'The result in words; for a failed training, the cause.'`,
]

/** Trainings with their triggers. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
