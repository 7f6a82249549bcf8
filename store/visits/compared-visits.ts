import type { Reader } from '../database.ts'

const shown = [
  'visitId',
  'withdrawn',
  'opportunityId',
  'customerId',
  'salespersonId',
  'text',
  'latitude',
  'longitude',
  'accuracyM',
  'mocked',
  'checkInAt',
  'checkOutAt',
  'enteredAt',
  'plannedFrom',
  'plannedUntil',
  'deviceId',
  'photoHash',
  'occurredAt',
] as const

/** Returns the current records of these visits, including withdrawn ones. */
export function visitsById(database: Reader, visitIds: readonly string[]) {
  return database.selectFrom('visits').select(shown).where('visitId', 'in', visitIds).execute()
}
export type ComparedVisitRow = Awaited<ReturnType<typeof visitsById>>[number]
