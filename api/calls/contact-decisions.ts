import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { ruleFor } from '../../features/calls/permission/circumstances.ts'
import { decidePermission, type PermissionDecision } from '../../features/calls/permission/decide-permission.ts'
import type { CampaignOf, InForce } from '../../features/calls/permission/question.ts'
import { campaigns } from '../../schemas/calls/campaigns.ts'
import { contactRefusals, type ContactRefusal } from '../../schemas/calls/contact-refusals.ts'
import { contactRules } from '../../schemas/calls/contact-rules.ts'
import { EVENT_BYTES_MAX } from '../../schemas/check-event.ts'
import type { Topic } from '../../schemas/topic.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { Name, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { settingOn } from '../versioned-settings.ts'
import { campaignInForce, contactState, lawInForce } from './contact-state.ts'

const CUSTOMERS_MAX = 1_000

const Decisions = Type.Object({
  campaign: Type.String(),
  purpose: Type.String(),
  channel: Type.String(),
  jurisdiction: Type.String(),
  at: Type.String({ format: 'date-time', description: 'The time for which it is decided: now.' }),
  rulesVersion: nullable(Type.Integer(), 'Of the contact rules; null: there are none.'),
  announcement: nullable(Type.String(), 'What must be said at the beginning of each call.'),
  label: nullable(Type.String(), 'What the display of the called telephone must show.'),
  items: Type.Array(
    Type.Object({
      customerId: Type.String(),
      permitted: Type.Boolean(),
      rule: nullable(Type.String(), 'What stands against it; null: nothing.'),
      ruleVersion: nullable(Type.Integer()),
      detail: nullable(Type.String()),
      until: nullable(Time, 'When that rule allows the call: there is no use in asking earlier.'),
    }),
    { description: 'In the order of the question; a customer that is named again is answered once.' },
  ),
})

/** The check before customers are dialled: everything else that is known of them may have changed since (spec C1). */
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
            customerIds: Type.Array(Name, { minItems: 1, maxItems: CUSTOMERS_MAX }),
          },
          { additionalProperties: false },
        ),
        response: { 200: Decisions, ...problems('invalid-request', 'forbidden-origin', 'not-found', 'unavailable') },
      },
    },
    async ({ body: { campaign: name, customerIds } }) => {
      const campaign = await campaignInForce(database, campaignSetting, name)
      const { purpose, channel, jurisdiction } = campaign.value
      const law = await lawInForce(database, lawSetting, jurisdiction)
      const ids = [...new Set(customerIds)]
      const { now, knownAgeMs, customers } = await contactState(ports, ids)
      const question = { purpose, channel, jurisdiction, law, campaign, now, knownAgeMs }
      const decided = ids.map((customerId) => ({
        customerId,
        decision: decidePermission({ ...question, customer: customers.get(customerId) }),
      }))
      const refusals = decided.flatMap(({ customerId, decision }) => refusalOf(customerId, decision, campaign, now))
      await record(ports, refusals)
      const rule = law === undefined ? undefined : ruleFor(law.value, question)
      return {
        ...{ campaign: name, purpose, channel, jurisdiction, at: new Date(now).toISOString() },
        rulesVersion: law?.version ?? null,
        announcement: rule?.announcement ?? null,
        label: rule?.label ?? null,
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

function refusalOf(
  customerId: string,
  { refusal, checks }: PermissionDecision,
  { name: campaign, value: { purpose, channel, jurisdiction } }: InForce<CampaignOf>,
  now: number,
): ContactRefusal[] {
  if (refusal === undefined) return []
  const { rule, ruleVersion, detail, until = null } = refusal
  const others = checks.filter((one) => !one.passed && one !== refusal)
  return [
    {
      ...{ id: randomUUID(), occurredAt: now, source: 'scoreline/api' },
      ...{ customerId, campaign, purpose, channel, jurisdiction, rule, ruleVersion, detail, until },
      otherRules: others.map((one) => one.rule),
    },
  ]
}

/** Nothing is permitted while refusals can’t be recorded. */
async function record({ publish }: ApiPorts, refusals: readonly ContactRefusal[]): Promise<void> {
  if (refusals.length === 0) return
  try {
    await publish(contactRefusals as Topic, refusals)
  } catch (error) {
    throw new ProblemError(
      'unavailable',
      `Nobody may be called now, since refusals can’t be recorded: ${(error as Error).message}`,
    )
  }
}
