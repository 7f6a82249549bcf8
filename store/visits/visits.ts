import { boolean, double, nullable } from '../../schemas/avro/schema.ts'
import { Visit, visits } from '../../schemas/visits/visits.ts'
import { sql } from 'kysely'
import { ofTeam } from '../access/owned.ts'
import type { Database, Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const visitRows = rowsOf(Visit, {
  without: ['id', 'place'],
  derived: {
    latitude: { schema: nullable(double), of: ({ place }) => place?.latitude ?? null },
    longitude: { schema: nullable(double), of: ({ place }) => place?.longitude ?? null },
    accuracyM: { schema: nullable(double), of: ({ place }) => place?.accuracyM ?? null },
    positionAgeS: { schema: nullable(double), of: ({ place }) => place?.ageS ?? null },
    mocked: { schema: nullable(boolean), of: ({ place }) => place?.mocked ?? null },
  },
})
export type VisitRow = RowOf<typeof visitRows>

declare module '../tables.ts' {
  interface Tables {
    visits: VisitRow
  }
}

export const visitsWriter = sinkWriter({
  topic: visits,
  rows: visitRows,
  // The highest revision wins, then the later event time, as in the processors.
  tables: [{ name: 'visits', key: ['visitId'], keep: { newestBy: ['revision', 'occurredAt'] } }],
})

const shown = ['visitId', 'opportunityId', 'salespersonId', 'text', 'occurredAt', 'checkInAt', 'checkOutAt'] as const
type ShownVisit = Pick<VisitRow, (typeof shown)[number]>

/**
 * Returns the latest revision of each of a customer's visits that is not withdrawn, newest first. `teamId`: only those of
 * the team's opportunities.
 */
export function visitsOfCustomer(
  database: Database,
  customerId: string,
  limit: number,
  teamId?: string,
): Promise<ShownVisit[]> {
  return database
    .selectFrom('visits')
    .select(shown)
    .where('customerId', '=', customerId)
    .$if(teamId !== undefined, (all) => all.where(ofTeam(teamId!)))
    .where('withdrawn', '=', false)
    .orderBy('occurredAt', 'desc')
    .limit(limit)
    .execute()
}

export interface VisitFilter {
  readonly customerId?: string
  readonly salespersonId?: string
  readonly teamId?: string
  readonly opportunityId?: string
  readonly verdict?: string
  readonly minFalseScore?: number
  readonly minInvalidScore?: number
  /** Range of the visit's time, ISO 8601: `from` inclusive, `to` exclusive. */
  readonly from?: string
  readonly to?: string
}

/** Lists the current revision of each visit that is not withdrawn, newest first. */
export async function listVisits(
  database: Reader,
  filter: VisitFilter,
  { limit, after }: PageRequest,
): Promise<VisitRow[]> {
  let query = database
    .selectFrom('visits as v')
    .leftJoin('visit_assessments as a', 'a.visitId', 'v.visitId')
    .select(visitRows.fields.map((field) => `v.${field}` as const))
    .where('v.withdrawn', '=', false)
    .orderBy('v.occurredAt', 'desc')
    .orderBy('v.visitId', 'desc')
    .limit(limit)
  if (filter.customerId !== undefined) query = query.where('v.customerId', '=', filter.customerId)
  if (filter.salespersonId !== undefined) query = query.where('v.salespersonId', '=', filter.salespersonId)
  if (filter.teamId !== undefined) query = query.where(ofTeam(filter.teamId, 'v.opportunity_id'))
  if (filter.opportunityId !== undefined) query = query.where('v.opportunityId', '=', filter.opportunityId)
  if (filter.verdict !== undefined) query = query.where(sql<string>`coalesce(a.verdict, 'fine')`, '=', filter.verdict)
  if (filter.minFalseScore !== undefined) query = query.where('a.falseScore', '>=', filter.minFalseScore)
  if (filter.minInvalidScore !== undefined) query = query.where('a.invalidScore', '>=', filter.minInvalidScore)
  if (filter.from !== undefined) query = query.where('v.occurredAt', '>=', new Date(filter.from))
  if (filter.to !== undefined) query = query.where('v.occurredAt', '<', new Date(filter.to))
  if (after !== undefined) query = query.where(sql<boolean>`(v.occurred_at, v.visit_id) < (${after.at}, ${after.id})`)
  return visitRows.read(await query.execute())
}

/** Returns the current revision of a visit, withdrawn or not. */
export async function visitById(database: Reader, visitId: string): Promise<VisitRow | undefined> {
  const rows = await database.selectFrom('visits').select(visitRows.fields).where('visitId', '=', visitId).execute()
  return visitRows.read(rows)[0]
}
