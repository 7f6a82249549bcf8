import { sql, type Kysely, type Migration } from 'kysely'

const call = `desk text not null, request_id text not null, call_id text not null, customer_id text not null,
    state text not null, reason text not null, reservation_id text, agent_id text, queue text, due_at timestamptz,
    waited_ms double precision not null, offers integer not null, step integer not null, intent text,
    priority integer not null`

const statements = [
  `create table routing_decisions (
    id text primary key, ${call}, decided_by text, release text not null, plan_version integer not null, weights jsonb,
    scored_agent_id text, considered integer not null, queues jsonb not null, agents jsonb not null,
    occurred_at timestamptz not null, source text not null)`,
  `comment on table routing_decisions is 'What became of calls at desks, and by which scores.'`,
  `comment on column routing_decisions.scored_agent_id is 'Whom the scores choose; while a plan is only evaluated, somebody else may have got the call.'`,
  `create index on routing_decisions (occurred_at, id)`,
  `create index on routing_decisions (desk, occurred_at, id)`,
  `create index on routing_decisions (request_id)`,
  `create index on routing_decisions (customer_id)`,
  `create table routed_calls (${call}, occurred_at timestamptz not null, state_at timestamptz, primary key (desk, request_id))`,
  `comment on table routed_calls is 'The latest decision on each call that asked a desk for an agent.'`,
  `comment on column routed_calls.state_at is 'Of the state; null: no more is known than an answer that came late.'`,
  `create index routed_calls_open on routed_calls (desk) where state in ('waiting', 'pending', 'accepted', 'wrapping')`,
  `create index on routed_calls (customer_id)`,
  `create table desk_agents (
    desk text not null, agent_id text not null, id text not null, status text not null, expires_at timestamptz not null,
    capacity integer not null, elsewhere integer not null, queues jsonb not null, skills jsonb not null,
    languages jsonb not null, expertise jsonb not null, occurred_at timestamptz not null, source text not null,
    primary key (desk, agent_id))`,
  `comment on table desk_agents is 'What the agents of desks do and can do, as the call system told last.'`,
  `create view bi_routing_decisions as select d.*, c.name as customer_name from routing_decisions d
    left join customers c using (customer_id)`,
  `comment on view bi_routing_decisions is 'Calls at desks: offered to whom, by which scores, and what came of it.'`,
]

/** Calls routed by desks to agents. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
