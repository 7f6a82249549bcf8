import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table feature_history (
    id text not null, customer_id text not null, occurred_at timestamptz not null, feature_set text not null,
    "values" real[] not null, primary key (occurred_at, id)) partition by range (occurred_at)`,
  `alter table score_history add column features_id text`,
  `alter table scores add column features_id text`,
  `alter table customers add column features_id text`,
]

/** The features of customers as they were served, which scores refer to instead of repeating their numbers. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
