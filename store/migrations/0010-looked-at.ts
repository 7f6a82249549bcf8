import { sql, type Kysely, type Migration } from 'kysely'

/** What a customer looked at most recently: names for the hashed groups that reasons speak of. */
export default {
  async up(database: Kysely<never>) {
    await sql.raw(`alter table interests add column looked_at jsonb not null default '[]'`).execute(database)
  },
} satisfies Migration
