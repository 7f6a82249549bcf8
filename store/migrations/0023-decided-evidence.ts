import { sql, type Kysely, type Migration } from 'kysely'

/** What was known when it was decided; of cases from before that was kept, what is known now. */
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

/** Models learn from what was known when a case was decided: the case itself goes on to follow its evidence. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
