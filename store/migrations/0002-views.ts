import { sql, type Kysely, type Migration } from 'kysely'

/** Views for BI tools, whose columns stay stable while the tables change. */
const views: readonly { readonly name: string; readonly comment: string; readonly query: string }[] = [
  {
    name: 'bi_scores',
    comment:
      'The newest score of each subject of a task. probability is null as long as no model is released for the task; absent says why.',
    query:
      'select task, subject_id, customer_id, opportunity_id, salesperson_id, visit_count, probability, model_id, absent, occurred_at from scores',
  },
  {
    name: 'bi_score_history',
    comment: 'Every score ever served, by event time.',
    query:
      'select id, task, subject_id, customer_id, opportunity_id, probability, model_id, occurred_at from score_history',
  },
  {
    name: 'bi_priorities',
    comment: 'Whom to visit first: one line a place in a list; scope is salesperson, team or overall.',
    query: `select p.scope, p.owner, line.place, line.entry ->> 'opportunityId' as opportunity_id, line.entry ->> 'customerId' as customer_id,
      line.entry ->> 'salespersonId' as salesperson_id, (line.entry ->> 'probability')::double precision as probability, p.occurred_at
      from priorities p cross join lateral jsonb_array_elements(p.entries) with ordinality as line(entry, place)`,
  },
  {
    name: 'bi_assessments',
    comment:
      'What the policy in force says of the visits of each opportunity; only those that were ever other than fine.',
    query:
      'select opportunity_id, customer_id, salesperson_id, verdict, reasons, visit_count, probability, policy_version, occurred_at from assessments',
  },
  {
    name: 'bi_outcomes',
    comment: 'Labelled truths, with the score that was in force at the moment that the truth is about (as_of).',
    query: `select o.task, o.subject_id, o.customer_id, o.value, coalesce(o.as_of, o.occurred_at) as as_of, o.occurred_at, s.probability, s.model_id
      from outcomes o left join lateral (
        select probability, model_id from score_history s
        where s.task = o.task and s.customer_id = o.customer_id and s.subject_id in (o.subject_id, o.customer_id)
          and s.occurred_at <= coalesce(o.as_of, o.occurred_at)
        order by s.occurred_at desc limit 1) s on true`,
  },
]

export default {
  async up(database: Kysely<never>) {
    for (const { name, comment, query } of views) {
      await sql.raw(`create view ${name} as ${query}`).execute(database)
      await sql.raw(`comment on view ${name} is '${comment.replaceAll("'", "''")}'`).execute(database)
    }
  },
} satisfies Migration
