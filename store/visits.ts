import type { Database } from './database.ts'

export interface StoredVisit {
  readonly visitId: string
  readonly revision: number
  readonly withdrawn: boolean
  readonly opportunityId: string
  readonly customerId: string
  readonly salespersonId: string
  readonly text: string
  readonly latitude: number | null
  readonly longitude: number | null
  readonly checkInAt: Date | null
  readonly checkOutAt: Date | null
  readonly occurredAt: Date
}

/** The newest visits of a customer, newest first. */
export function visitsOfCustomer(database: Database, customerId: string, limit: number): Promise<StoredVisit[]> {
  return database
    .selectFrom('visits')
    .select([
      'visit_id as visitId',
      'revision',
      'withdrawn',
      'opportunity_id as opportunityId',
      'customer_id as customerId',
      'salesperson_id as salespersonId',
      'text',
      'latitude',
      'longitude',
      'check_in_at as checkInAt',
      'check_out_at as checkOutAt',
      'occurred_at as occurredAt',
    ])
    .where('customer_id', '=', customerId)
    .orderBy('occurred_at', 'desc')
    .orderBy('visit_id')
    .limit(limit)
    .execute()
}
