import { byColumn, type PersonTables } from '../persons.ts'

export const recommendationPersons: PersonTables = {
  organisations: byColumn('customer_id'),
  contacts: byColumn('customer_id'),
  recommendations: byColumn('customer_id'),
  recommendation_history: byColumn('customer_id'),
  interests: byColumn('customer_id'),
}
