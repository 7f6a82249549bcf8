import { documented, event, identifier, int, nullable, string, withDefault, type TypeOf } from '../avro/schema.ts'
import { oneOf, textUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { callChannels, contactPurposes } from './contact-terms.ts'
import { settingOfTheBank } from '../persons.ts'

const pacings = ['progressive', 'predictive'] as const
const campaignOrders = ['expected-value', 'best-interest'] as const
const campaignStates = ['draft', 'running', 'paused', 'ended'] as const

export const Campaign = event('Campaign', 'A call campaign: its purpose, its channel and the law that applies.', {
  name: documented('Name of the campaign, as in calls.', identifier),
  version: int,
  description: documented('Description of the campaign.', textUpTo(500)),
  purpose: oneOf(contactPurposes),
  channel: documented('call: a person speaks; automated-call: a machine dials or speaks.', oneOf(callChannels)),
  jurisdiction: documented('Jurisdiction whose contact rules apply (docs/contact-rules.md).', identifier),
  state: documented('State of the campaign; customers are called only while it is running.', oneOf(campaignStates)),
  pacing: documented(
    'progressive: one call per waiting agent; predictive: more, as long as few calls are abandoned.',
    withDefault(oneOf(pacings), 'progressive'),
  ),
  order: documented(
    'Order of the calls. expected-value: by value times the probability that a call succeeds; best-interest: by value times the probability that the customer wants the product.',
    withDefault(oneOf(campaignOrders), 'expected-value'),
  ),
  product: documented(
    'Product on offer, named as in /products and in the interests of customers; null if none in particular.',
    nullable(identifier),
  ),
  changedBy: string,
})
export type Campaign = TypeOf<typeof Campaign>

export const campaigns = globalTopic<Campaign>({
  name: 'campaigns',
  schema: Campaign,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  decisiveOf: ({ order, product }) => (order === 'best-interest' ? `${order} ${product}` : ''),
  producer: 'API',
})
