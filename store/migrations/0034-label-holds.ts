import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table label_holds (
    id bigint generated always as identity primary key, task text not null, kind text not null, name text not null,
    known_from timestamptz not null, known_to timestamptz not null, labels integer not null, mean double precision not null,
    usual double precision not null, reason text not null, held_at timestamptz not null default now(),
    released_by text, released_at timestamptz, release_reason text, unique (task, kind, name, known_from))`,
  `comment on table label_holds is 'Labels with an outlying mean that are not trained on until a person releases them.'`,
  `create view bi_label_holds as select id, task, kind, name, known_from, known_to, labels, mean, usual, reason, held_at,
    released_by, released_at, release_reason from label_holds`,
  `comment on view bi_label_holds is 'Labels with an outlying mean that are not trained on until a person releases them.'`,
  `comment on column bi_label_holds.kind is 'source or reviewer: what name names.'`,
  `comment on column bi_label_holds.known_from is 'The labels that became known from then on, before known_to, are held.'`,
  `comment on column bi_label_holds.usual is 'Median of the weekly means of the task.'`,
]

/** Labels that are held for a person. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
