import { CustomerInterests, interests } from '../../schemas/recommendations/interests.ts'
import type { Database } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const interestRows = rowsOf(CustomerInterests, { without: ['source'] })
type StoredInterests = RowOf<typeof interestRows>

declare module '../tables.ts' {
  interface Tables {
    interests: StoredInterests
  }
}

/** The last published interests of a customer win. */
export const interestsWriter = sinkWriter({
  topic: interests,
  rows: interestRows,
  tables: [{ name: 'interests', key: ['customerId'], keep: 'last' }],
})

/** Returns the current interests of a customer. */
export async function interestsOf(database: Database, customerId: string): Promise<StoredInterests | undefined> {
  const query = database.selectFrom('interests').select(interestRows.fields).where('customerId', '=', customerId)
  return interestRows.read(await query.execute())[0]
}
