import { double, nullable, string, timestamp, type TypeOf } from '../avro/schema.ts'

/**
 * Fields of records that are made from visits and places. What they mean, and which values are valid, is stated by the
 * events.
 */
export const derivedPosition = {
  latitude: double,
  longitude: double,
  accuracyM: nullable(double),
  ageS: nullable(double),
}

export const derivedPlace = { latitude: double, longitude: double, radiusM: nullable(double) }

export const whoAndWhen = {
  customerId: string,
  opportunityId: string,
  salespersonId: string,
  checkInAt: nullable(timestamp),
  checkOutAt: nullable(timestamp),
  enteredAt: nullable(timestamp),
}
type WhoAndWhen = { readonly [Field in keyof typeof whoAndWhen]: TypeOf<(typeof whoAndWhen)[Field]> }

/** These fields of a record that has more. */
export function whoAndWhenOf(visit: WhoAndWhen): WhoAndWhen {
  const { customerId, opportunityId, salespersonId, checkInAt, checkOutAt, enteredAt } = visit
  return { customerId, opportunityId, salespersonId, checkInAt, checkOutAt, enteredAt }
}
