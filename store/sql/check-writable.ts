import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** Resolves when the database answers: with `undefined`, or with the reason why it takes no changes. */
export async function checkWritable(database: Database): Promise<string | undefined> {
  const { rows } = await sql<{ readOnly: string }>`
    select current_setting('transaction_read_only') as "readOnly"
  `.execute(database)
  return rows[0]!.readOnly === 'on' ? 'It takes no changes: it is read only, or a standby.' : undefined
}
