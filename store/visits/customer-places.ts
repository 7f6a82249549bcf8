import { sql } from 'kysely'
import { CustomerPlace, customerPlaces } from '../../schemas/visits/places.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const placeRows = rowsOf(CustomerPlace, { without: ['id'] })
export type StoredPlace = RowOf<typeof placeRows>

declare module '../tables.ts' {
  interface Tables {
    customer_places: StoredPlace
  }
}

export const customerPlacesWriter = sinkWriter({
  topic: customerPlaces,
  rows: placeRows,
  // The highest revision wins, then the later event time.
  tables: [{ name: 'customer_places', key: ['placeId'], keep: { newestBy: ['revision', 'occurredAt'] } }],
})

const shown = ['placeId', 'customerId', 'name', 'latitude', 'longitude'] as const
/** Positions are as the CRM tells them: they may be impossible. */
export type PlaceOfCustomer = Pick<StoredPlace, (typeof shown)[number]>

/** Where these customers can be met at that time, in order of the place's id. */
export function placesOfCustomers(
  database: Reader,
  customerIds: readonly string[],
  at: Date,
): Promise<PlaceOfCustomer[]> {
  if (customerIds.length === 0) return Promise.resolve([])
  return database
    .selectFrom('customer_places')
    .select(shown)
    .where('customerId', '=', sql<string>`any(${[...new Set(customerIds)]})`)
    .where('withdrawn', '=', false)
    .where(({ eb, or }) => or([eb('validFrom', 'is', null), eb('validFrom', '<=', at)]))
    .where(({ eb, or }) => or([eb('validUntil', 'is', null), eb('validUntil', '>', at)]))
    .orderBy('placeId')
    .execute()
}

/** The places of a customer that are not withdrawn, whenever they hold, by name. */
export async function placesOfCustomer(database: Reader, customerId: string): Promise<StoredPlace[]> {
  const query = database
    .selectFrom('customer_places')
    .select(placeRows.fields)
    .where('customerId', '=', customerId)
    .where('withdrawn', '=', false)
    .orderBy('name')
    .orderBy('placeId')
  return placeRows.read(await query.execute())
}
