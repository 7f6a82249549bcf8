import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  `create table visit_assessments (
    visit_id text primary key, id text not null, revision integer not null, withdrawn boolean not null, customer_id text not null,
    opportunity_id text not null, salesperson_id text not null, visited_at timestamptz not null, verdict text not null,
    false_score double precision not null, invalid_score double precision not null, evidence jsonb not null,
    policy_version integer not null, model_id text, occurred_at timestamptz not null)`,
  `create index visit_assessments_by_customer on visit_assessments (customer_id)`,
  `create index visit_assessments_by_opportunity on visit_assessments (opportunity_id)`,
  `create index visit_assessments_by_verdict on visit_assessments (verdict, visited_at)`,
  `create index visits_newest on visits (occurred_at desc, visit_id desc)`,
  `create index visits_of_salesperson on visits (salesperson_id, occurred_at desc, visit_id desc)`,
  `create view bi_visit_assessments as select a.visit_id, a.customer_id, a.opportunity_id, a.salesperson_id, a.visited_at, a.verdict,
    a.false_score, a.invalid_score, a.evidence -> 0 ->> 'kind' as strongest_kind, a.evidence -> 0 ->> 'text' as strongest_text,
    jsonb_array_length(a.evidence) as evidence_count, a.policy_version, a.model_id from visit_assessments a where not a.withdrawn`,
  `comment on view bi_visit_assessments is 'Each visit against which evidence was found at any time: scores, verdict and the strongest evidence.'`,
  `comment on column bi_visit_assessments.false_score is 'That it did not happen as told, 0 to 1: a weighted sum of evidence, no probability, unless a model is named.'`,
  `comment on column bi_visit_assessments.invalid_score is 'That it happened, and moved nothing; in the same way.'`,
  `comment on column bi_visit_assessments.policy_version is '0: the policy that was delivered.'`,
  `create view bi_visit_evidence as select a.visit_id, a.customer_id, a.salesperson_id, a.visited_at, e ->> 'kind' as kind,
    (e ->> 'score')::double precision as score, e ->> 'text' as text, e ->> 'with' as with_visit_id
    from visit_assessments a cross join jsonb_array_elements(a.evidence) e where not a.withdrawn`,
  `comment on view bi_visit_evidence is 'Each piece of evidence against a visit.'`,
  `comment on column bi_visit_evidence.score is 'How much of it there is, 0 to 1.'`,
  `comment on column bi_visit_evidence.with_visit_id is 'The other visit, if it takes two.'`,
  `create view bi_impossible_positions as select coalesce(device_id, '') as device_id, salesperson_id,
    case when abs(latitude) < 1e-4 and abs(longitude) < 1e-4 then 'zero'
      when abs(latitude) <= 180 and abs(longitude) <= 90 then 'swapped' else 'out of range' end as fault,
    count(*) as visits, max(occurred_at) as last_at
    from visits where not withdrawn and latitude is not null and longitude is not null
      and ((abs(latitude) < 1e-4 and abs(longitude) < 1e-4) or not (abs(latitude) <= 90 and abs(longitude) <= 180))
    group by 1, 2, 3`,
  `comment on view bi_impossible_positions is 'Visits whose check-in position can not be true, which count as having none, by device.'`,
  `comment on column bi_impossible_positions.device_id is 'Empty: the device told no name.'`,
  `comment on column bi_impossible_positions.fault is 'zero: latitude and longitude are 0; swapped: the other way round they could be true.'`,
]

/** Verdicts on single visits with their evidence, and devices that report no position. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
