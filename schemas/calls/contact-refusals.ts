import { array, documented, event, identifier, int, nullable, string, timestamp, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const ContactRefusal = event('ContactRefusal', 'A refused call to a customer, with the reasons.', {
  customerId: identifier,
  campaign: identifier,
  purpose: string,
  channel: string,
  jurisdiction: identifier,
  rule: documented('Check that refused the call; of several, the one that lasts longest.', string),
  ruleVersion: documented(
    'Version of the contact rules, or of the campaign if that refused the call; null if there are none.',
    nullable(int),
  ),
  detail: documented('Explanation in words.', string),
  until: documented('When this check will allow the call; null if it needs further action.', nullable(timestamp)),
  otherRules: documented('Other checks that refused the call.', array(string)),
})
export type ContactRefusal = TypeOf<typeof ContactRefusal>

export const contactRefusals = topic<ContactRefusal>({
  name: 'contact-refusals',
  schema: ContactRefusal,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 365 },
  role: 'output',
  producer: 'API',
})
