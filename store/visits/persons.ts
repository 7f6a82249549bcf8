import { byColumn, byItem, noPersons, type PersonTables } from '../persons.ts'

export const visitPersons: PersonTables = {
  opportunities: byColumn('customer_id'),
  visits: byColumn('customer_id'),
  customer_places: byColumn('customer_id'),
  priorities: byItem('entries', 'customerId'),
  assessments: byColumn('customer_id'),
  assessment_history: byColumn('customer_id'),
  shadow_assessments: byColumn('customer_id'),
  visit_assessments: byColumn('customer_id'),
  cases: byColumn('customer_id'),
  case_acts: byColumn('customer_id'),
  held_activations: noPersons('policies'),
}
