import { documented, event, identifier, int, nullable, string, withDefault, type TypeOf } from '../avro/schema.ts'
import { oneOf, wordsUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { callChannels, contactPurposes } from './contact-terms.ts'

const pacings = ['progressive', 'predictive'] as const
const campaignOrders = ['expected-value', 'best-interest'] as const
const campaignStates = ['draft', 'running', 'paused', 'ended'] as const

export const Campaign = event('Campaign', 'Why customers are called, how, and by which law.', {
  name: documented('As in calls.', identifier),
  version: int,
  description: documented('What it is for, in words.', wordsUpTo(500)),
  purpose: oneOf(contactPurposes),
  channel: documented('call: a person speaks; automated-call: a machine dials or speaks.', oneOf(callChannels)),
  jurisdiction: documented('Whose contact rules apply: docs/contact-rules.md.', identifier),
  state: documented('Customers are called only while it is running.', oneOf(campaignStates)),
  pacing: documented(
    'progressive: a call for each agent who waits; predictive: more, while few calls are abandoned.',
    withDefault(oneOf(pacings), 'progressive'),
  ),
  order: documented(
    'Who is called first. expected-value: value times the probability that a call succeeds; best-interest: value times the probability that the customer wants the product.',
    withDefault(oneOf(campaignOrders), 'expected-value'),
  ),
  product: documented(
    'What is offered, named as in /products and in the interests of customers; null: nothing in particular.',
    nullable(identifier),
  ),
  changedBy: string,
})
export type Campaign = TypeOf<typeof Campaign>

export const campaigns = globalTopic<Campaign>({
  name: 'campaigns',
  schema: Campaign,
  key: 'name',
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  decisiveOf: ({ order, product }) => (order === 'best-interest' ? `${order} ${product}` : ''),
  producer: 'API',
})
