import { sql, type Kysely, type Migration } from 'kysely'

const statements = [
  // Lists are read newest first, page by page.
  `create index scores_by_time on scores (occurred_at desc, id desc)`,
  `create index opportunities_by_time on opportunities (occurred_at desc, opportunity_id desc)`,
  `create index assessments_by_time on assessments (occurred_at desc, id desc)`,
  `create index alerts_by_time on alerts (occurred_at desc, id desc)`,
  `create index dead_letters_by_time on dead_letters (occurred_at desc, id desc)`,
  // No list is sorted by probability, yet every new score had to update this index.
  `drop index scores_task_probability_subject_id_idx`,
  `create index customers_by_source on customers (source)`,
  // One index serves both the history of a customer and the join for training.
  `create index score_history_by_customer on score_history (customer_id, task, occurred_at)`,
  `drop index score_history_task_customer_id_occurred_at_idx`,
  // Every event rewrites its customer's row: free space on the page allows heap-only updates without new index entries.
  `alter table customers set (fillfactor = 70)`,
]

/** Indexes for lists. */
export default {
  async up(database: Kysely<never>) {
    await sql`set local statement_timeout = 0`.execute(database)
    for (const statement of statements) await sql.raw(statement).execute(database)
  },
} satisfies Migration
