import { sql, type Kysely, type Migration } from 'kysely'

/** The column as it was known at the decision, or the current one for cases decided before this was stored. */
const then = (name: string, column: string, type: string) =>
  `case when decided_on is null then ${column} else (decided_on ->> '${name}')::${type} end as ${column}`

const statements = [
  `alter table cases add column decided_on jsonb`,
  `create or replace view bi_case_labels as select visit_id, customer_id, opportunity_id, salesperson_id, visited_at,
    case claim when 'invalid' then 'invalid-visit' else 'false-visit' end as task, case decision when 'confirmed' then 1 else 0 end as value,
    origin, propensity, ${then('verdict', 'verdict', 'text')}, ${then('falseScore', 'false_score', 'double precision')},
    ${then('invalidScore', 'invalid_score', 'double precision')}, coalesce(decided_on -> 'evidence', evidence) as evidence,
    ${then('policyVersion', 'policy_version', 'integer')}, decided_by, decided_at, ${then('modelId', 'model_id', 'text')},
    ${then('visitCount', 'visit_count', 'integer')}, ${then('conversionProbability', 'conversion_probability', 'double precision')}
    from cases where status in ('decided', 'closed') and decision in ('confirmed', 'dismissed')`,
  `comment on column bi_case_labels.evidence is 'As it was known when the case was decided: what came later is not learned from.'`,
]

/** Training labels use what was known at the decision, since the case itself keeps following its evidence. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
