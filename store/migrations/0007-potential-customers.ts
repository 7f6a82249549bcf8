import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table potential_customers (
    customer_id text primary key, id text not null, potential boolean not null, estimate double precision not null,
    threshold double precision not null, threshold_version integer not null, model_id text, since timestamptz not null,
    reasons jsonb not null, occurred_at timestamptz not null)`,
  `create index potential_customers_by_estimate on potential_customers (estimate desc, customer_id) where potential`,
  `alter table alerts add column reasons jsonb not null default '[]'`,
  `alter table alert_history add column reasons jsonb not null default '[]'`,
  `create view bi_potential_customers as select p.customer_id, c.name, p.estimate, p.threshold, p.threshold_version, p.model_id, p.since,
    p.occurred_at, p.reasons -> 0 ->> 'words' as first_reason from potential_customers p left join customers c on c.customer_id = p.customer_id
    where p.potential`,
  `comment on view bi_potential_customers is 'Customers whose predicted use of the credit line is above the threshold in force.'`,
  `comment on column bi_potential_customers.estimate is 'Predicted cumulative usage: drawdown ÷ limit.'`,
  `comment on column bi_potential_customers.threshold_version is '0: the threshold that was delivered.'`,
  `comment on column bi_potential_customers.since is 'Since when the customer is above the threshold without a break.'`,
  `comment on column bi_potential_customers.occurred_at is 'Event time of what the estimate stands for.'`,
  `comment on column bi_potential_customers.first_reason is 'What contributed most to the estimate.'`,
]

/** Customers above the threshold of loan demand, and the reasons for alerts. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
