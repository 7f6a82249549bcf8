import { CustomerPlace, customerPlaces } from '../../schemas/visits/places.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const placeRows = rowsOf(CustomerPlace)
const shown = [
  'placeId',
  'revision',
  'customerId',
  'name',
  'latitude',
  'longitude',
  'radiusM',
  'validFrom',
  'validUntil',
  'source',
  'occurredAt',
] as const
type PlaceRow = RowOf<typeof placeRows>
export type StoredPlace = Omit<PlaceRow, 'id' | 'withdrawn'>

declare module '../tables.ts' {
  interface Tables {
    customer_places: PlaceRow
  }
}

export const customerPlacesWriter = sinkWriter({
  topic: customerPlaces,
  rows: placeRows,
  // The highest revision wins, then the later event time, as in the processors.
  tables: [{ name: 'customer_places', key: ['placeId'], keep: { newestBy: ['revision', 'occurredAt'] } }],
})

/** Where a customer is met, by name; withdrawn places are left out. */
export function placesOfCustomer(database: Reader, customerId: string): Promise<StoredPlace[]> {
  return database
    .selectFrom('customer_places')
    .select(shown)
    .where('customerId', '=', customerId)
    .where('withdrawn', '=', false)
    .orderBy('name')
    .orderBy('placeId')
    .execute()
}
