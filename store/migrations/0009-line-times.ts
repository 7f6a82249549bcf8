import { sql, type Kysely, type Migration } from 'kysely'

/** When each line of a scored text was written: models of texts read the time between visits. */
export default {
  async up(database: Kysely<never>) {
    for (const table of ['scores', 'score_history'])
      await sql.raw(`alter table ${table} add column line_times timestamptz[]`).execute(database)
  },
} satisfies Migration
