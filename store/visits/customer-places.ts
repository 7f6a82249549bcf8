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

/**
 * Returns the places where these customers can be met at that time, or at any time (`undefined`), by place id.
 * Coordinates come from the CRM unchecked and may be impossible.
 */
export async function placesOfCustomers(
  database: Reader,
  customerIds: readonly string[],
  at: Date | undefined,
): Promise<StoredPlace[]> {
  if (customerIds.length === 0) return []
  let query = currentPlaces(database, customerIds).orderBy('placeId')
  if (at !== undefined)
    query = query
      .where(({ eb, or }) => or([eb('validFrom', 'is', null), eb('validFrom', '<=', at)]))
      .where(({ eb, or }) => or([eb('validUntil', 'is', null), eb('validUntil', '>', at)]))
  return placeRows.read(await query.execute())
}

/** Returns all places of a customer, whenever they are valid, by name. */
export async function placesOfCustomer(database: Reader, customerId: string): Promise<StoredPlace[]> {
  const query = currentPlaces(database, [customerId]).orderBy('name').orderBy('placeId')
  return placeRows.read(await query.execute())
}

/** Selects the places that are not withdrawn. */
function currentPlaces(database: Reader, customerIds: readonly string[]) {
  return database
    .selectFrom('customer_places')
    .select(placeRows.fields)
    .where('customerId', '=', sql<string>`any(${[...new Set(customerIds)]})`)
    .where('withdrawn', '=', false)
}
