import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  // Lists are shown newest first, page by page.
  `create index scores_by_time on scores (occurred_at desc, id desc)`,
  `create index opportunities_by_time on opportunities (occurred_at desc, opportunity_id desc)`,
  `create index assessments_by_time on assessments (occurred_at desc, id desc)`,
  `create index alerts_by_time on alerts (occurred_at desc, id desc)`,
  `create index dead_letters_by_time on dead_letters (occurred_at desc, id desc)`,
  // Nobody lists scores by their height; every new score paid for it.
  `drop index scores_task_probability_subject_id_idx`,
  `create index customers_by_source on customers (source)`,
  // Serves the history of a customer as well as the join of training, with one index.
  `create index score_history_by_customer on score_history (customer_id, task, occurred_at)`,
  `drop index score_history_task_customer_id_occurred_at_idx`,
  // An event rewrites the row of its customer: with room on the page that needs no new index entries.
  `alter table customers set (fillfactor = 70)`,
]

/** Indexes for what is listed. */
export default {
  async up(database: Kysely<never>) {
    await sql`set local statement_timeout = 0`.execute(database)
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
