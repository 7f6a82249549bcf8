import { randomUUID } from 'node:crypto'
import { mergeCustomer, type MergedRows, type MergeRefusal } from '../../store/customers/customer-merges.ts'
import type { Database } from '../../store/database.ts'
import { personTables } from '../../subjects/subjects.ts'

export interface MergeRequest {
  readonly customerId: string
  readonly into: string
  readonly changedBy: string | null
  readonly reason: string
}

export function mergeCustomers(database: Database, request: MergeRequest): Promise<MergedRows | MergeRefusal> {
  const about = { id: randomUUID(), occurredAt: Date.now(), source: 'scoreline/merge' }
  return mergeCustomer(database, personTables, { ...about, ...request })
}
