import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table script_choices (
    id text not null, customer_id text not null, call_id text primary key, language text not null, target_group text,
    template text not null, template_version integer not null, propensity double precision not null,
    candidates jsonb not null, floor double precision not null, adapts boolean not null,
    policy_version integer not null, occurred_at timestamptz not null, source text not null)`,
  `comment on table script_choices is 'Which script each call was given, from which ones, and how likely each was.'`,
  `comment on column script_choices.target_group is 'Whose results counted; null: of customers in no group that a template names.'`,
  `comment on column script_choices.propensity is 'The probability with which it was chosen.'`,
  `create index on script_choices (occurred_at, call_id)`,
  `create index on script_choices (customer_id, occurred_at)`,
  `create table chosen_scripts (
    call_id text primary key, choice jsonb not null, chosen_at timestamptz not null, recorded_at timestamptz)`,
  `comment on table chosen_scripts is 'Choices that were answered, so that a call that asks again is told the same.'`,
  `create index on chosen_scripts (chosen_at)`,
  `create table script_retirements (
    id text primary key, template text not null, template_version integer not null, target_group text,
    decision text not null, number integer not null, decided integer not null, converted integer not null,
    probability_best double precision, peers jsonb not null, evidence integer not null, bound double precision not null,
    policy_version integer not null, decided_by text not null, reason text not null,
    occurred_at timestamptz not null, source text not null)`,
  `comment on table script_retirements is 'Decisions that a script version is no longer chosen for a target group, or is again, with the figures.'`,
  `create index on script_retirements (occurred_at, id)`,
  `create index on script_retirements (template, template_version)`,
  `create view bi_script_choices as select s.*, c.name as customer_name, k.answered, k.script as said_script, k.converted
    from script_choices s left join customers c using (customer_id) left join bi_calls k using (call_id)`,
  `comment on view bi_script_choices is 'Which script each call was given, how likely that was, and what came of it.'`,
  `comment on column bi_script_choices.said_script is 'The script that was used, as the call tells; null: it does not.'`,
  `create view bi_script_retirements as select * from script_retirements`,
  `comment on view bi_script_retirements is 'Scripts that are no longer chosen for a target group, or are again, and why.'`,
]

/** Script choices and retirements. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
