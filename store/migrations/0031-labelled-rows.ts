import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `alter table outcomes add reviewer text, add revision integer not null default 0`,
  `create table labelled_rows (
    id text not null, occurred_at timestamptz not null, source text not null, label_id text not null,
    customer_id text not null, task text not null, subject_id text not null, status text not null, cause text not null,
    label double precision, training boolean not null, joined integer not null, as_of timestamptz not null,
    known_at timestamptz not null, outcome_id text, outcome_source text, reviewer text, revision integer not null,
    score_id text, served_at timestamptz, feature_set text, "row" real[] not null, text text,
    line_times timestamptz[], probability double precision, model_id text, primary key (customer_id, label_id))`,
  `comment on table labelled_rows is 'Served rows with their labels, and outcomes that found no row.'`,
  `create index on labelled_rows (task, served_at, label_id) where training`,
  `create index on labelled_rows (task, known_at)`,
  `create view bi_labelled_rows as select label_id, customer_id, task, subject_id, status, cause, label, training, as_of,
    known_at, outcome_id, outcome_source, reviewer, revision, score_id, served_at, feature_set, probability, model_id
    from labelled_rows`,
  `comment on view bi_labelled_rows is 'Labels with the scores that they belong to, and outcomes that found none.'`,
  `comment on column bi_labelled_rows.status is 'labelled, unknown, unmatched, contradicted or withdrawn.'`,
  `comment on column bi_labelled_rows.cause is 'outcome, or horizon if the horizon of the task passed without one.'`,
  `comment on column bi_labelled_rows.training is 'Of each customer, task and week one served row, so that busy customers count no more than others.'`,
  `comment on column bi_labelled_rows.as_of is 'Rows served later do not count for the label.'`,
]

/** Labelled rows, and outcomes with a reviewer and a revision. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
