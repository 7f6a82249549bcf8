import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table interests (
    customer_id text primary key, id text not null, interests jsonb not null, model_id text, absent text, occurred_at timestamptz not null)`,
  `create view bi_interests as select i.customer_id, c.name, line.place, line.item ->> 'product' as product,
    (line.item ->> 'probability')::double precision as probability, i.model_id, i.occurred_at
    from interests i left join customers c on c.customer_id = i.customer_id
    cross join lateral jsonb_array_elements(i.interests) with ordinality as line(item, place)`,
  `comment on view bi_interests is 'What each customer is interested in: one line a product.'`,
  `comment on column bi_interests.place is '1 is the strongest interest.'`,
  `comment on column bi_interests.probability is 'That the customer takes the product up.'`,
  `comment on column bi_interests.occurred_at is 'Event time of what the interests stand for.'`,
]

/** What customers are interested in. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
