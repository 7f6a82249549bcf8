import { VisitAssessment, visitAssessments } from '../../schemas/visits/visit-assessments.ts'
import { sql } from 'kysely'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const assessmentRows = rowsOf(VisitAssessment, { without: ['source'] })
export type StoredVisitAssessment = RowOf<typeof assessmentRows>

declare module '../tables.ts' {
  interface Tables {
    visit_assessments: StoredVisitAssessment
  }
}

/** One task publishes the assessments of a visit in order, so the last published one wins. */
export const visitAssessmentsWriter = sinkWriter({
  topic: visitAssessments,
  rows: assessmentRows,
  tables: [{ name: 'visit_assessments', key: ['visitId'], keep: 'last' }],
})

/** Returns the assessments of these visits; visits that were never flagged have none. */
export async function assessmentsOfVisits(
  database: Reader,
  visitIds: readonly string[],
): Promise<ReadonlyMap<string, StoredVisitAssessment>> {
  if (visitIds.length === 0) return new Map()
  const query = database
    .selectFrom('visit_assessments')
    .select(assessmentRows.fields)
    .where('visitId', 'in', visitIds as string[])
  return new Map(assessmentRows.read(await query.execute()).map((row) => [row.visitId, row]))
}

/** Summary of the flags on an opportunity's visits. */
export interface VisitsSummary {
  readonly suspectedFalse: number
  readonly invalid: number
  /** The highest scores among its visits, 0 to 1. */
  readonly falseScoreMax: number
  readonly invalidScoreMax: number
}

/** Returns summaries by opportunity; opportunities whose visits were never flagged have none. */
export async function summariesOfVisits(
  database: Reader,
  opportunityIds: readonly string[],
): Promise<ReadonlyMap<string, VisitsSummary>> {
  if (opportunityIds.length === 0) return new Map()
  const rows = await database
    .selectFrom('visit_assessments')
    .select((table) => [
      'opportunityId',
      sql<number>`count(*) filter (where verdict = 'suspected_false')::int`.as('suspectedFalse'),
      sql<number>`count(*) filter (where verdict = 'invalid')::int`.as('invalid'),
      table.fn.max('falseScore').as('falseScoreMax'),
      table.fn.max('invalidScore').as('invalidScoreMax'),
    ])
    .where('opportunityId', 'in', opportunityIds as string[])
    .where('withdrawn', '=', false)
    .groupBy('opportunityId')
    .execute()
  return new Map(rows.map(({ opportunityId, ...summary }) => [opportunityId, summary]))
}
