import { double, nullable, string, timestamp, type TypeOf } from '../avro/schema.ts'

/** Fields of records derived from visits and places. The events state what they mean and which values are valid. */
export const derivedPosition = {
  latitude: double,
  longitude: double,
  accuracyM: nullable(double),
  ageS: nullable(double),
}

export const derivedPlace = { latitude: double, longitude: double, radiusM: nullable(double) }

export const visitContextFields = {
  customerId: string,
  opportunityId: string,
  salespersonId: string,
  checkInAt: nullable(timestamp),
  checkOutAt: nullable(timestamp),
  enteredAt: nullable(timestamp),
}
type VisitContext = { readonly [Field in keyof typeof visitContextFields]: TypeOf<(typeof visitContextFields)[Field]> }

/** Picks these fields from a larger record. */
export function visitContextOf(visit: VisitContext): VisitContext {
  const { customerId, opportunityId, salespersonId, checkInAt, checkOutAt, enteredAt } = visit
  return { customerId, opportunityId, salespersonId, checkInAt, checkOutAt, enteredAt }
}
