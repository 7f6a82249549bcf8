import type { Interest } from '../schemas/interests.ts'
import type { Database } from './database.ts'

export interface StoredInterests {
  readonly customerId: string
  readonly interests: readonly Interest[]
  readonly modelId: string | null
  readonly absent: string | null
  readonly occurredAt: Date
}

/** What a customer is interested in now. */
export function interestsOf(database: Database, customerId: string): Promise<StoredInterests | undefined> {
  return database
    .selectFrom('interests')
    .select(['customer_id as customerId', 'interests', 'model_id as modelId', 'absent', 'occurred_at as occurredAt'])
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
}
