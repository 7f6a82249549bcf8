import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { PageRequest } from '../sql/page.ts'

export interface StoredOpportunity {
  readonly opportunityId: string
  readonly customerId: string
  readonly salespersonId: string
  readonly teamId: string | null
  readonly product: string | null
  readonly stage: string | null
  readonly status: string
  readonly valueMinor: number | null
  readonly currency: string | null
  readonly occurredAt: Date
  /** The newest conversion probability; null: none yet. */
  readonly probability: number | null
  readonly visitCount: number | null
}

export interface OpportunityFilter {
  readonly status?: string
  readonly salespersonId?: string
  readonly teamId?: string
  readonly customerId?: string
}

/** With their newest conversion score, the latest first. */
export function listOpportunities(
  database: Database,
  filter: OpportunityFilter,
  { limit, after }: PageRequest,
): Promise<StoredOpportunity[]> {
  let query = database
    .selectFrom('opportunities as o')
    .leftJoin('scores as s', (join) =>
      join.onRef('s.subjectId', '=', 'o.opportunityId').on('s.task', '=', 'conversion'),
    )
    .select([
      'o.opportunityId',
      'o.customerId',
      'o.salespersonId',
      'o.teamId',
      'o.product',
      'o.stage',
      'o.status',
      'o.valueMinor',
      'o.currency',
      'o.occurredAt',
      's.probability',
      's.visitCount',
    ])
    .orderBy('o.occurredAt', 'desc')
    .orderBy('o.opportunityId', 'desc')
    .limit(limit)
  if (filter.status !== undefined) query = query.where('o.status', '=', filter.status)
  if (filter.salespersonId !== undefined) query = query.where('o.salespersonId', '=', filter.salespersonId)
  if (filter.teamId !== undefined) query = query.where('o.teamId', '=', filter.teamId)
  if (filter.customerId !== undefined) query = query.where('o.customerId', '=', filter.customerId)
  if (after !== undefined)
    query = query.where(sql<boolean>`(o.occurred_at, o.opportunity_id) < (${after.at}, ${after.id})`)
  return query.execute()
}

export interface StoredVisit {
  readonly visitId: string
  readonly opportunityId: string
  readonly salespersonId: string
  readonly text: string
  readonly occurredAt: Date
  readonly checkInAt: Date | null
  readonly checkOutAt: Date | null
}

/** The latest revision of each visit of a customer, newest first. */
export function visitsOfCustomer(database: Database, customerId: string, limit: number): Promise<StoredVisit[]> {
  return database
    .selectFrom('visits')
    .select(['visitId', 'opportunityId', 'salespersonId', 'text', 'occurredAt', 'checkInAt', 'checkOutAt'])
    .where('customerId', '=', customerId)
    .where('withdrawn', '=', false)
    .orderBy('occurredAt', 'desc')
    .limit(limit)
    .execute()
}
