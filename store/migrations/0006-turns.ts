import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table turn_analyses (
    id text primary key, customer_id text not null, call_id text not null, turn integer not null, text text not null,
    intent text, intents jsonb not null, model_id text, absent text, sentiment text not null, sentiment_score double precision not null,
    objection text, cues jsonb not null, key_phrases jsonb not null, unsure jsonb not null, context jsonb not null,
    occurred_at timestamptz not null)`,
  `create index turn_analyses_by_call on turn_analyses (call_id, turn)`,
  `create index turn_analyses_by_customer on turn_analyses (customer_id, occurred_at desc)`,
  `create view bi_turns as select customer_id, call_id, turn, occurred_at, text, intent, sentiment, sentiment_score, objection, key_phrases, model_id
    from turn_analyses`,
  `comment on view bi_turns is 'What customers said in calls, turn by turn, with intent, sentiment and objection.'`,
]

/** What customers say in calls. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
