import { randomUUID } from 'node:crypto'
import {
  mergeCustomer,
  type MergedRows,
  type MergeRefusal,
  type MergeRequest,
} from '../../store/customers/customer-merges.ts'
import type { Database } from '../../store/database.ts'
import { personTables, writers } from '../../subjects/subjects.ts'

export function mergeCustomers(database: Database, request: MergeRequest): Promise<MergedRows | MergeRefusal> {
  const about = { id: randomUUID(), occurredAt: Date.now(), source: 'scoreline/merge' }
  return mergeCustomer(database, { tables: personTables, writers }, { ...about, ...request })
}
