import { sql } from 'kysely'
import { Assessment, assessments } from '../../schemas/visits/assessments.ts'
import { ofTeam } from '../access/owned.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const assessmentRows = rowsOf(Assessment, { without: ['source'] })
export type StoredAssessment = RowOf<typeof assessmentRows>

declare module '../tables.ts' {
  interface Tables {
    assessments: StoredAssessment
    assessment_history: StoredAssessment
  }
}

/**
 * One task publishes the assessments of an opportunity in order, so the last published state wins whatever its event
 * time, which can go back, for example when the visit behind a verdict is withdrawn.
 */
export const assessmentsWriter = sinkWriter({
  topic: assessments,
  rows: assessmentRows,
  tables: [
    { name: 'assessment_history', key: ['id'], keep: 'first' },
    { name: 'assessments', key: ['opportunityId'], keep: 'last' },
  ],
})

export interface AssessmentFilter {
  readonly customerId?: string
  readonly salespersonId?: string
  readonly teamId?: string
  readonly verdict?: string
}

/** Lists the current assessment of each opportunity that was ever flagged, newest first. */
export async function listAssessments(
  database: Reader,
  filter: AssessmentFilter,
  { limit, after }: PageRequest,
): Promise<StoredAssessment[]> {
  let query = database
    .selectFrom('assessments')
    .select(assessmentRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (filter.verdict !== undefined) query = query.where('verdict', '=', filter.verdict)
  if (filter.customerId !== undefined) query = query.where('customerId', '=', filter.customerId)
  if (filter.salespersonId !== undefined) query = query.where('salespersonId', '=', filter.salespersonId)
  if (filter.teamId !== undefined) query = query.where(ofTeam(filter.teamId))
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return assessmentRows.read(await query.execute())
}
