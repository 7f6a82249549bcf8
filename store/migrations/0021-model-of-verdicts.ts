import { sql, type Kysely, type Migration } from 'kysely'

const judged = `add column reasons jsonb not null default '[]', add column visit_count integer, add column conversion_probability double precision`

const statements = [
  `alter table visit_assessments ${judged}`,
  `alter table cases ${judged}`,
  `create or replace view bi_case_labels as select visit_id, customer_id, opportunity_id, salesperson_id, visited_at,
    case claim when 'invalid' then 'invalid-visit' else 'false-visit' end as task, case decision when 'confirmed' then 1 else 0 end as value,
    origin, propensity, verdict, false_score, invalid_score, evidence, policy_version, decided_by, decided_at, model_id, visit_count,
    conversion_probability
    from cases where status in ('decided', 'closed') and decision in ('confirmed', 'dismissed')`,
  `comment on column bi_case_labels.model_id is 'The model whose probability the false score is; null: the weights of the policy gave it.'`,
  `comment on column bi_case_labels.visit_count is 'Visits of the opportunity until this one; null: not known.'`,
]

/** A model's reasons for doubting a visit, and further inputs for training a model on verdicts. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
