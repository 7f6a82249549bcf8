import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table campaign_queue (
    campaign text not null, customer_id text not null, id text not null, list text not null, phone text, state text not null,
    due_at timestamptz, attempts integer not null, last_attempt_id text, last_attempt_at timestamptz,
    last_disposition text, value double precision not null, probability double precision,
    expected_value double precision not null, best_hour integer, answer_rates real[] not null, time_zone text,
    occurred_at timestamptz not null, source text not null, primary key (campaign, customer_id))`,
  `comment on table campaign_queue is 'Where each customer stands on the lists of campaigns.'`,
  `comment on column campaign_queue.state is 'waiting, calling, unknown (nobody told what came of the call), done or removed.'`,
  `comment on column campaign_queue.answer_rates is 'Share of calls that are answered, by hour of the customer’s day; empty: too few calls to say.'`,
  `create index campaign_queue_waiting on campaign_queue (campaign, expected_value desc, customer_id) where state = 'waiting'`,
  `create index on campaign_queue (campaign, expected_value desc, customer_id)`,
  `create index on campaign_queue (customer_id)`,
  `create table call_attempts (
    id text primary key, customer_id text not null, campaign text not null, attempt_id text not null, step text not null,
    disposition text, callback_at timestamptz, agent_id text, occurred_at timestamptz not null, source text not null)`,
  `comment on table call_attempts is 'Steps of the calls of campaigns: dispatched, completed.'`,
  `create index on call_attempts (campaign, occurred_at, id)`,
  `create index on call_attempts (attempt_id)`,
  `create table dispatched_calls (
    attempt_id text primary key, campaign text not null, customer_id text not null, dispatched_at timestamptz not null,
    ended_at timestamptz)`,
  `comment on table dispatched_calls is 'Calls that the platform let a call system make, before it is known what came of them.'`,
  `create index on dispatched_calls (customer_id, dispatched_at)`,
  `create index on dispatched_calls (dispatched_at)`,
  `create table dispatch_deferrals (
    campaign text not null, customer_id text not null, until timestamptz not null, primary key (campaign, customer_id))`,
  `comment on table dispatch_deferrals is 'Customers who were refused at dispatch, and when it is tried again.'`,
  `create index on dispatch_deferrals (until)`,
  `create table campaign_pacing (
    campaign text primary key, level double precision not null, abandon_share double precision not null,
    adapted_at timestamptz not null)`,
  `comment on table campaign_pacing is 'How many calls are dialled for each agent who waits, by campaign.'`,
  `create view bi_campaign_queue as select q.*, c.name as customer_name from campaign_queue q
    left join customers c using (customer_id)`,
  `comment on view bi_campaign_queue is 'Customers on the lists of campaigns: whom to call, when, and what came of it.'`,
  `create view bi_call_attempts as select a.*, c.name as customer_name from call_attempts a
    left join customers c using (customer_id)`,
  `comment on view bi_call_attempts is 'Steps of the calls of campaigns.'`,
]

/** Call lists of campaigns, and the calls made from them. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
