import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table call_sessions (
    call_id text primary key, customer_id text not null, revision integer not null, state jsonb not null,
    updated_at timestamptz not null)`,
  `comment on table call_sessions is 'Live calls: where each one is, so that any process can go on with it.'`,
  `comment on column call_sessions.revision is 'Number of steps. A step is stored only if no other process has taken it.'`,
  `create index on call_sessions (updated_at)`,
  `create table session_steps (
    id text primary key, customer_id text not null, call_id text not null, step integer not null, report text not null,
    turn integer, spoken text, intent text, objection text, confused_by text, template text not null,
    template_version integer not null, policy_version integer not null, say jsonb not null, next text not null,
    reasons jsonb not null, unsaid jsonb not null, occurred_at timestamptz not null, source text not null)`,
  `comment on table session_steps is 'Steps of live calls: what was reported, what was said next, and why.'`,
  `create index on session_steps (occurred_at, id)`,
  `create index on session_steps (call_id, step)`,
  `create index on session_steps (customer_id, occurred_at)`,
  `create index on session_steps (template, template_version)`,
  `create table revision_decisions (
    template text not null, template_version integer not null, part_id text not null, decision text not null,
    new_version integer, decided_by text not null, reason text not null, decided_at timestamptz not null,
    primary key (template, template_version, part_id))`,
  `comment on table revision_decisions is 'Decisions of people on proposed revisions of scripts.'`,
  `create view bi_session_steps as select s.*, c.name as customer_name, k.answered, k.converted
    from session_steps s left join customers c using (customer_id) left join bi_calls k using (call_id)`,
  `comment on view bi_session_steps is 'Steps of live calls with the reasons of every deviation from the script, and what came of the call.'`,
]

/** Live calls. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
