import { byColumn, byEither, type PersonTables } from '../persons.ts'

export const customerPersons: PersonTables = {
  customers: byColumn('customer_id'),
  feature_history: byColumn('customer_id'),
  alerts: byColumn('customer_id'),
  alert_history: byColumn('customer_id'),
  customer_merges: byEither('customer_id', 'into_id'),
}
