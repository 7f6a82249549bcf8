import { sql, type Kysely, type Migration } from 'kysely'

/** The items that a customer viewed most recently, which name the hashed groups in reasons. */
export default {
  async up(database: Kysely<never>) {
    await sql.raw(`alter table interests add column looked_at jsonb not null default '[]'`).execute(database)
  },
} satisfies Migration
