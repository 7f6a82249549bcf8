import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table scripts (
    id text primary key, template text not null, template_version integer not null, language text not null,
    product text, product_values jsonb not null, parts jsonb not null, answers jsonb not null, author text,
    status text not null, use_count integer not null default 0, last_used_at timestamptz,
    created_at timestamptz not null)`,
  `comment on table scripts is 'Scripts of calls: a version of a template with the texts of one product.'`,
  `comment on column scripts.product_values is 'The product as it was described when the script was generated.'`,
  `comment on column scripts.author is 'Who wrote this version of the template; null: it is built in.'`,
  `comment on column scripts.status is 'unreviewed, approved or rejected.'`,
  `create index on scripts (created_at, id)`,
  `create table script_groups (
    script_id text not null references scripts, target_group text not null, group_version integer not null,
    features jsonb not null, linked_at timestamptz not null, primary key (script_id, target_group))`,
  `comment on table script_groups is 'Target groups whose customers were given a script.'`,
  `comment on column script_groups.features is 'Features and profile fields that the condition of the group reads.'`,
  `create index on script_groups (target_group)`,
  `create table script_reviews (
    script_id text not null references scripts, number integer not null, decision text not null,
    decided_by text not null, reason text, decided_at timestamptz not null, primary key (script_id, number))`,
  `comment on table script_reviews is 'Every review of a script; the latest one is its status.'`,
  `alter table script_choices add script_id text`,
  `comment on column script_choices.script_id is 'The script in the table scripts; null: chosen before there was one.'`,
  `drop view bi_script_choices`,
  `create view bi_script_choices as select s.*, c.name as customer_name, k.answered, k.script as said_script, k.converted
    from script_choices s left join customers c using (customer_id) left join bi_calls k using (call_id)`,
  `comment on view bi_script_choices is 'Which script each call was given, how likely that was, and what came of it.'`,
  `comment on column bi_script_choices.said_script is 'The script that was used, as the call tells; null: it does not.'`,
  `create view bi_scripts as select s.id, s.template, s.template_version, s.language, s.product, s.parts, s.answers,
    s.author, s.status, s.use_count, s.last_used_at, s.created_at, g.target_group, g.group_version, g.features
    from scripts s left join script_groups g on g.script_id = s.id`,
  `comment on view bi_scripts is 'Scripts of calls with their use, one row for each target group.'`,
]

/** Script database. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
