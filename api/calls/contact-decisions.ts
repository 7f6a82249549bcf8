import { Type } from 'typebox'
import { identifier } from '../../schemas/avro/schema.ts'
import { campaigns } from '../../schemas/calls/campaigns.ts'
import { contactRules } from '../../schemas/calls/contact-rules.ts'
import { EVENT_BYTES_MAX } from '../../schemas/check-event.ts'
import { problems } from '../http/problem.ts'
import { Name, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { settingOn } from '../versioned-settings.ts'
import { activeCampaign, contactState, activeContactRules } from './contact-state.ts'
import { decideCustomers, recordRefusals } from './decide-customers.ts'
import { lawAnswer, lawFields } from './law-answer.ts'

const CUSTOMERS_MAX = 1_000
const Decisions = Type.Object({
  campaign: Type.String(),
  purpose: Type.String(),
  channel: Type.String(),
  jurisdiction: Type.String(),
  at: Type.String({ format: 'date-time', description: 'The time of the decision: now.' }),
  ...lawFields,
  items: Type.Array(
    Type.Object({
      customerId: Type.String(),
      permitted: Type.Boolean(),
      rule: nullable(Type.String(), 'The rule that forbids the call; null if none does.'),
      ruleVersion: nullable(Type.Integer()),
      detail: nullable(Type.String()),
      until: nullable(Time, 'When the rule allows the call again; asking earlier is of no use.'),
    }),
    { description: 'In the order of the request; a repeated customer is answered once.' },
  ),
})

/** Route for the last check before dialling: consents and contact history may have changed since planning (spec C1). */
export function contactDecisionsRoute(server: Server, ports: ApiPorts): void {
  const { database, settings } = ports
  const lawSetting = settingOn(settings, contactRules)
  const campaignSetting = settingOn(settings, campaigns)
  server.post(
    '/contact-decisions',
    {
      bodyLimit: EVENT_BYTES_MAX,
      config: { access: 'dispatch-calls' },
      schema: {
        tags: ['calls'],
        summary: `Whether up to ${CUSTOMERS_MAX} customers of a campaign may be called now; each refusal is recorded`,
        body: Type.Object(
          {
            campaign: Name,
            customerIds: Type.Array(Type.String(identifier.json), { minItems: 1, maxItems: CUSTOMERS_MAX }),
          },
          { additionalProperties: false },
        ),
        response: { 200: Decisions, ...problems('invalid-request', 'forbidden-origin', 'not-found', 'unavailable') },
      },
    },
    async ({ body: { campaign: name, customerIds } }) => {
      const campaign = await activeCampaign(database, campaignSetting, name)
      const { purpose, channel, jurisdiction } = campaign.value
      const law = await activeContactRules(database, lawSetting, jurisdiction)
      const ids = [...new Set(customerIds)]
      const { now, knownAgeMs, customers } = await contactState(ports, ids)
      const question = { purpose, channel, jurisdiction, law, campaign, now, knownAgeMs }
      const decided = await decideCustomers(question, ids, customers)
      await recordRefusals(ports, decided, campaign, now)
      return {
        ...{ campaign: name, purpose, channel, jurisdiction, at: new Date(now).toISOString() },
        ...lawAnswer(law, campaign.value),
        items: decided.map(({ customerId, decision: { refusal } }) => ({
          customerId,
          permitted: refusal === undefined,
          rule: refusal?.rule ?? null,
          ruleVersion: refusal?.ruleVersion ?? null,
          detail: refusal?.detail ?? null,
          until: refusal?.until === undefined ? null : new Date(refusal.until).toISOString(),
        })),
      }
    },
  )
}
