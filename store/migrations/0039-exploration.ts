import { sql, type Kysely, type Migration } from 'kysely'

const propensity = 'Probability with which the task acts on a subject with this score; null: unknown.'
const acted = 'Whether the task acted on the subject; null: unknown.'

const statements = [
  ...['scores', 'score_history', 'labelled_rows'].map(
    (table) => `alter table ${table} add column propensity double precision, add column acted boolean`,
  ),
  `alter table potential_customers add column explored boolean not null default false, add column propensity double precision`,
  `create or replace view bi_scores as
    select task, subject_id, customer_id, opportunity_id, salesperson_id, visit_count, probability, model_id, absent,
      occurred_at, propensity, acted
    from scores`,
  `create or replace view bi_score_history as
    select id, task, subject_id, customer_id, opportunity_id, probability, model_id, occurred_at, propensity, acted
    from score_history`,
  `create or replace view bi_labelled_rows as select label_id, customer_id, task, subject_id, status, cause, label, training, as_of,
    known_at, outcome_id, outcome_source, reviewer, revision, score_id, served_at, feature_set, probability, model_id,
    propensity, acted
    from labelled_rows`,
  ...['bi_scores', 'bi_score_history', 'bi_labelled_rows'].flatMap((view) => [
    `comment on column ${view}.propensity is '${propensity}'`,
    `comment on column ${view}.acted is '${acted}'`,
  ]),
  `create or replace view bi_potential_customers as select p.customer_id, c.name, p.estimate, p.threshold, p.threshold_version, p.model_id, p.since,
    p.occurred_at, p.reasons -> 0 ->> 'words' as first_reason, p.explored, p.propensity
    from potential_customers p left join customers c on c.customer_id = p.customer_id
    where p.potential`,
  `comment on view bi_potential_customers is 'Customers whose predicted use of the credit line is above the threshold in force, and those who are explored at random.'`,
  `comment on column bi_potential_customers.since is 'Since when the customer is a potential one without a break.'`,
  `comment on column bi_potential_customers.explored is 'Below the threshold, and selected at random to learn what becomes of such customers.'`,
  `comment on column bi_potential_customers.propensity is 'Probability with which a customer with this estimate is selected.'`,
  `create view bi_exploration as
    select task, count(*) filter (where acted) as acted, count(*) filter (where acted and propensity < 1) as explored,
      count(*) filter (where propensity < 1) as below_threshold, count(*) filter (where propensity = 0) as never_explored
    from scores where propensity is not null group by task`,
  `comment on view bi_exploration is 'By task, the subjects it acts on now, and those that it explores at random.'`,
  `comment on column bi_exploration.task is 'The task.'`,
  `comment on column bi_exploration.acted is 'Subjects that the task acts on, explored ones included.'`,
  `comment on column bi_exploration.explored is 'Subjects below the threshold that chance selected.'`,
  `comment on column bi_exploration.below_threshold is 'Subjects below the threshold.'`,
  `comment on column bi_exploration.never_explored is 'Subjects below the threshold that can not be selected.'`,
]

/** Decisions that explore at random, with the propensity of each decision. */
export default {
  async up(database: Kysely<never>) {
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
