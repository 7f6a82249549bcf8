import { boolean, double, nullable } from '../../schemas/avro/schema.ts'
import { Visit, visits } from '../../schemas/visits/visits.ts'
import type { Database } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
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
type VisitRow = RowOf<typeof visitRows>

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

/** The latest revision of each visit of a customer, newest first. */
export function visitsOfCustomer(database: Database, customerId: string, limit: number): Promise<ShownVisit[]> {
  return database
    .selectFrom('visits')
    .select(shown)
    .where('customerId', '=', customerId)
    .where('withdrawn', '=', false)
    .orderBy('occurredAt', 'desc')
    .limit(limit)
    .execute()
}
