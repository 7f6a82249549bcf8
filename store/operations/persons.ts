import { byBytes, byJson, noPersons, type PersonTables } from '../persons.ts'

export const platformPersons: PersonTables = {
  dead_letters: byBytes('key', 'value'),
  // A snooze may name a customer, and an act on a case does.
  setting_versions: byJson('value', 'customerId'),
  outbox: byJson('event', 'customerId'),
  gaps: noPersons('offsets'),
  sink_positions: noPersons('offsets'),
  sink_progress: noPersons('times'),
  deployment: noPersons('the deployment'),
  personal_data_acts: noPersons('digests of ids'),
}
