import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `alter table opportunities add column planned_close_at timestamptz`,
  `comment on column opportunities.planned_close_at is 'When the decision is expected.'`,
  `create table customer_places (
    place_id text primary key,
    revision integer not null,
    withdrawn boolean not null,
    customer_id text not null,
    name text,
    latitude double precision not null,
    longitude double precision not null,
    radius_m double precision,
    valid_from timestamptz,
    valid_until timestamptz,
    source text not null,
    occurred_at timestamptz not null
  )`,
  `create index customer_places_customer on customer_places (customer_id)`,
  `comment on table customer_places is 'Where customers can be met: the highest revision of each place.'`,
  `comment on column customer_places.withdrawn is 'The customer is not met there any more, and never was.'`,
  `comment on column customer_places.radius_m is 'How far its grounds reach, in metres; null: as the policy says.'`,
  `comment on column customer_places.valid_from is 'The place holds from then on; null: always has.'`,
  `comment on column customer_places.valid_until is 'The place holds until then; null: still does.'`,
  // New columns come last, so that existing queries on the view keep working.
  `create or replace view bi_priorities as
    select p.scope, p.owner, line.place, line.entry ->> 'opportunityId' as opportunity_id, line.entry ->> 'customerId' as customer_id,
      line.entry ->> 'salespersonId' as salesperson_id, (line.entry ->> 'probability')::double precision as probability, p.occurred_at,
      (line.entry ->> 'rank')::integer as rank, (line.entry ->> 'valueRank')::integer as value_rank,
      (line.entry -> 'outlook' ->> 'trend')::double precision as trend,
      to_timestamp((line.entry -> 'outlook' ->> 'lastVisitAt')::double precision / 1000) as last_visit_at,
      (line.entry -> 'outlook' ->> 'expectedValueMinor')::double precision as expected_value_minor,
      line.entry -> 'outlook' ->> 'currency' as currency,
      line.entry -> 'outlook' -> 'action' ->> 'code' as action
    from priorities p cross join lateral jsonb_array_elements(p.entries) with ordinality as line(entry, place)`,
  `comment on column bi_priorities.rank is 'Place by probability; null: not among the hundred best by it.'`,
  `comment on column bi_priorities.value_rank is 'Place by expected value; null: not among the hundred best by it.'`,
  `comment on column bi_priorities.trend is 'Change of the probability with the last visit.'`,
  `comment on column bi_priorities.last_visit_at is 'null: never visited.'`,
  `comment on column bi_priorities.expected_value_minor is 'Probability × worth × urgency − cost of a visit, in minor units of the currency.'`,
  `comment on column bi_priorities.action is 'The suggested next action, as docs/priorities.md lists them.'`,
]

/** Expected gains of visits in priority lists, planned decisions, and places where customers are met. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
