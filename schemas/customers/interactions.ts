import { nonNegative } from '../rules.ts'
import { documented, double, enumeration, event, identifier, nullable, string, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const Interaction = event('Interaction', 'An action of a customer outside calls.', {
  customerId: identifier,
  kind: enumeration('InteractionKind', [
    'other',
    'page_view',
    'click',
    'mail_opened',
    'mail_answered',
    'campaign_joined',
    'bill_query',
    'wealth_search',
    'chat',
  ]),
  channel: nullable(string),
  item: documented('Page, link, campaign or product concerned.', nullable(string)),
  durationS: documented('Time spent in seconds; null if not applicable.', nullable(nonNegative(double))),
  responseS: documented('Seconds from our message to the customer’s answer.', nullable(nonNegative(double))),
})
export type Interaction = TypeOf<typeof Interaction>

export const interactions = topic<Interaction>({
  name: 'interactions',
  schema: Interaction,
  key: 'customerId',
  persons: byKey,
  keyOf: (interaction) => interaction.customerId,
  retention: { days: 365 },
  role: 'input',
  producer: 'web site, mail, chat',
})
