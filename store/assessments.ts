import { sql } from 'kysely'
import type { Database } from './database.ts'

export interface StoredAssessment {
  readonly id: string
  readonly opportunityId: string
  readonly customerId: string
  readonly salespersonId: string | null
  readonly verdict: string
  readonly reasons: readonly { readonly code: string; readonly text: string }[]
  readonly visitCount: number
  readonly probability: number | null
  readonly policyVersion: number
  readonly occurredAt: Date
}

export interface AssessmentFilter {
  readonly verdict?: string
  readonly customerId?: string
  readonly salespersonId?: string
  readonly after?: { readonly occurredAt: Date; readonly opportunityId: string }
  readonly limit: number
}

/** What is said of each opportunity now, newest first. An opportunity of which nothing was ever said is fine. */
export function listAssessments(database: Database, filter: AssessmentFilter): Promise<StoredAssessment[]> {
  const { verdict, customerId, salespersonId, after, limit } = filter
  let select = database
    .selectFrom('assessments')
    .select([
      'id',
      'opportunity_id as opportunityId',
      'customer_id as customerId',
      'salesperson_id as salespersonId',
      'verdict',
      'reasons',
      'visit_count as visitCount',
      'probability',
      'policy_version as policyVersion',
      'occurred_at as occurredAt',
    ])
    .orderBy('occurred_at', 'desc')
    .orderBy('opportunity_id', 'desc')
    .limit(limit)
  if (verdict !== undefined) select = select.where('verdict', '=', verdict)
  if (customerId !== undefined) select = select.where('customer_id', '=', customerId)
  if (salespersonId !== undefined) select = select.where('salesperson_id', '=', salespersonId)
  if (after !== undefined) {
    select = select.where(sql<boolean>`(occurred_at, opportunity_id) < (${after.occurredAt}, ${after.opportunityId})`)
  }
  return select.execute()
}
