import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table calls (
    call_id text primary key, customer_id text not null, agent_id text, direction text not null, answered boolean not null,
    duration_s double precision not null, campaign text, product text, clicks integer not null,
    satisfaction double precision, turn_count integer not null, script text, script_version integer,
    occurred_at timestamptz not null, source text not null)`,
  `comment on table calls is 'Calls as they ended.'`,
  `comment on column calls.duration_s is 'Talk time in seconds; 0 if not answered.'`,
  `comment on column calls.script is 'The script template that was used.'`,
  `comment on column calls.occurred_at is 'The end of the call.'`,
  `create index on calls (occurred_at, call_id)`,
  `create index on calls (customer_id, occurred_at)`,
  `create index on outcomes (customer_id, as_of) where task = 'call-conversion'`,
  `create view bi_calls as select k.*, c.name as customer_name, o.value as converted
    from calls k left join customers c using (customer_id)
    left join lateral (select value from outcomes where task = 'call-conversion' and customer_id = k.customer_id
      and as_of between k.occurred_at - make_interval(secs => k.duration_s + 600) and k.occurred_at
      order by as_of desc limit 1) o on true`,
  `comment on view bi_calls is 'Calls with the customer and what came of them.'`,
  `comment on column bi_calls.converted is '1: the customer bought, 0: not; null: not known yet.'`,
]

/** Calls with their scripts and whether they converted. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
