import { array, documented, event, identifier, int, nullable, string, timestamp, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'

export const ContactRefusal = event('ContactRefusal', 'A customer who was not to be called, and why.', {
  customerId: identifier,
  campaign: identifier,
  purpose: string,
  channel: string,
  jurisdiction: identifier,
  rule: documented('What stood against it; of several what lasts longest.', string),
  ruleVersion: documented(
    'Of the contact rules, or of the campaign if that is the rule; null: there are none.',
    nullable(int),
  ),
  detail: documented('In words.', string),
  until: documented('When this rule allows the call; null: not by itself.', nullable(timestamp)),
  otherRules: documented('What else stood against it.', array(string)),
})
export type ContactRefusal = TypeOf<typeof ContactRefusal>

export const contactRefusals = topic<ContactRefusal>({
  name: 'contact-refusals',
  schema: ContactRefusal,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 365 },
  role: 'output',
  producer: 'API',
})
