import { between, timeZone } from '../rules.ts'
import {
  documented,
  enumeration,
  event,
  identifier,
  int,
  map,
  nullable,
  personal,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const Profile = event('Profile', 'The profile of a customer, as known from its event time on.', {
  customerId: identifier,
  name: personal('names', nullable(string)),
  sex: personal('profile', nullable(enumeration('Sex', ['unknown', 'female', 'male', 'other']))),
  birthYear: personal('profile', nullable(between(1800, 2200, int))),
  registeredPlace: personal('profile', nullable(string)),
  residence: personal('profile', nullable(string)),
  timeZone: documented(
    'IANA time zone of where the customer lives, e.g. Asia/Shanghai. The default, UTC, means that it is unknown: calls then keep the hours of all time zones of the jurisdiction.',
    withDefault(timeZone, 'UTC'),
  ),
  segment: nullable(string),
  attributes: personal('profile', documented('Other attributes, by name.', map(string))),
})
export type Profile = TypeOf<typeof Profile>

export const profiles = topic<Profile>({
  name: 'profiles',
  schema: Profile,
  key: 'customerId',
  persons: byKey,
  keyOf: (profile) => profile.customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'CRM, core banking',
})
