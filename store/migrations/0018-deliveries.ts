import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table deliveries (
    number bigint generated always as identity primary key,
    channel text not null, message_id text not null, topic text not null, type text not null, kind text,
    record text not null, body text not null, occurred_at timestamptz not null,
    status text not null default 'waiting' check (status in ('waiting', 'delivered', 'dead')),
    created_at timestamptz not null default now(),
    due_at timestamptz not null default now(), next_at timestamptz not null default now(),
    attempts integer not null default 0, claim text, attempted_at timestamptz, answer text, finished_at timestamptz,
    unique (channel, message_id))`,
  // For claiming: the due deliveries of a channel, and earlier ones of the same record.
  `create index deliveries_due on deliveries (channel, next_at, number) where status = 'waiting'`,
  `create index deliveries_waiting on deliveries (channel, record, number) where status = 'waiting'`,
  `create index deliveries_dead on deliveries (channel) where status = 'dead'`,
  `create index deliveries_finished on deliveries (finished_at) where status <> 'waiting'`,
  `create table delivery_positions (
    topic text not null, partition integer not null, next_offset bigint not null, topic_id text,
    primary key (topic, partition))`,
  `create table held_channels (
    channel text primary key, version integer not null, reason text not null,
    held_at timestamptz not null default now())`,
  `comment on table deliveries is 'The queue of messages to channels (webhooks, e-mail, topic, metric), and what became of them.'`,
  `comment on column deliveries.record is 'Whose messages go out in order: the customer.'`,
  `comment on column deliveries.due_at is 'When it may first be sent: at once, or with the next digest.'`,
]

/** Outgoing alerts: the delivery queue, its positions in the topics, and held channels. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
