import { sql } from 'kysely'
import { Reason } from '../../schemas/visits/assessments.ts'
import { array } from '../../schemas/avro/schema.ts'
import type { Database } from '../database.ts'
import type { PageRequest } from '../sql/page.ts'
import { readJson } from '../sql/read-json.ts'

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
  readonly customerId?: string
  readonly salespersonId?: string
  readonly verdict?: string
}

/** The current assessment of each opportunity that was ever flagged, newest first. */
export async function listAssessments(
  database: Database,
  filter: AssessmentFilter,
  { limit, after }: PageRequest,
): Promise<StoredAssessment[]> {
  let query = database
    .selectFrom('assessments')
    .select([
      'id',
      'opportunityId',
      'customerId',
      'salespersonId',
      'verdict',
      'reasons',
      'visitCount',
      'probability',
      'policyVersion',
      'occurredAt',
    ])
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (filter.verdict !== undefined) query = query.where('verdict', '=', filter.verdict)
  if (filter.customerId !== undefined) query = query.where('customerId', '=', filter.customerId)
  if (filter.salespersonId !== undefined) query = query.where('salespersonId', '=', filter.salespersonId)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return readJson(await query.execute(), { reasons: array(Reason) })
}
