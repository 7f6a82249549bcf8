import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `alter table campaign_queue add column interest double precision, add column interest_value double precision`,
  `alter table campaign_queue add column order_value double precision not null
    generated always as (coalesce(interest_value, expected_value)) stored`,
  `comment on column campaign_queue.order_value is 'The list is in order of it: value times interest, or the expected value, as the campaign says.'`,
  `comment on column campaign_queue.state is 'waiting, calling, unknown (no outcome was reported), done or removed.'`,
  `drop index campaign_queue_waiting`,
  `drop index campaign_queue_campaign_expected_value_customer_id_idx`,
  `create index campaign_queue_waiting on campaign_queue (campaign, order_value desc, customer_id) where state = 'waiting'`,
  `create index on campaign_queue (campaign, order_value desc, customer_id)`,
  // Replaced rather than recreated, with new columns at the end, so that grants on the view survive.
  `create or replace view bi_campaign_queue as select q.campaign, q.customer_id, q.id, q.list, q.phone, q.state, q.due_at,
    q.attempts, q.last_attempt_id, q.last_attempt_at, q.last_disposition, q.value, q.probability, q.expected_value,
    q.best_hour, q.answer_rates, q.time_zone, q.occurred_at, q.source, c.name as customer_name, q.interest,
    q.interest_value, q.order_value from campaign_queue q left join customers c using (customer_id)`,
  `comment on view bi_campaign_queue is 'Customers on the lists of campaigns: when to be called, and how far they have come.'`,
  `comment on view bi_calls is 'Calls with the customer and their outcome.'`,
  `comment on table dispatched_calls is 'Calls that call systems were let make, before their outcome is known.'`,
]

/** A campaign’s list is sorted by expected value or by the customer’s interest in its product. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
