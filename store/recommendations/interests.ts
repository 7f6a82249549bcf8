import { Interest } from '../../schemas/recommendations/interests.ts'
import { array } from '../../schemas/avro/schema.ts'
import type { Database } from '../database.ts'
import { readJson } from '../sql/read-json.ts'

export interface StoredInterests {
  readonly customerId: string
  readonly interests: readonly Interest[]
  readonly modelId: string | null
  readonly absent: string | null
  /** Items that the customer viewed most recently, newest first. */
  readonly lookedAt: readonly string[]
  readonly occurredAt: Date
}

/** Current interests of a customer. */
export async function interestsOf(database: Database, customerId: string): Promise<StoredInterests | undefined> {
  const rows = await database
    .selectFrom('interests')
    .select(['customerId', 'interests', 'modelId', 'absent', 'lookedAt', 'occurredAt'])
    .where('customerId', '=', customerId)
    .execute()
  return readJson(rows, { interests: array(Interest) })[0]
}
