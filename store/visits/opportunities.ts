import { sql } from 'kysely'
import { Opportunity, opportunities } from '../../schemas/visits/visits.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const opportunityRows = rowsOf(Opportunity, { without: ['id'] })
type OpportunityRow = RowOf<typeof opportunityRows>

declare module '../tables.ts' {
  interface Tables {
    opportunities: OpportunityRow
  }
}

export const opportunitiesWriter = sinkWriter({
  topic: opportunities,
  rows: opportunityRows,
  // The highest revision wins, then the later event time, as in the processors.
  tables: [{ name: 'opportunities', key: ['opportunityId'], keep: { newestBy: ['revision', 'occurredAt'] } }],
})

export interface StoredOpportunity extends Omit<OpportunityRow, 'revision' | 'source'> {
  /** The newest conversion probability; null if there is none. */
  readonly probability: number | null
  readonly visitCount: number | null
}

export interface OpportunityFilter {
  readonly status?: string
  readonly salespersonId?: string
  readonly teamId?: string
  readonly customerId?: string
}

/** Lists opportunities with their newest conversion score, newest first. */
export function listOpportunities(
  database: Reader,
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
      'o.plannedCloseAt',
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
