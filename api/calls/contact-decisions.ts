import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { Type } from 'typebox'
import { decidePermission, type PermissionDecision } from '../../features/calls/permission/decide-permission.ts'
import type { CampaignOf, InForce, KnownCaller, PermissionQuestion } from '../../features/calls/permission/question.ts'
import { identifier } from '../../schemas/avro/schema.ts'
import { campaigns } from '../../schemas/calls/campaigns.ts'
import { contactRefusals, type ContactRefusal } from '../../schemas/calls/contact-refusals.ts'
import { contactRules } from '../../schemas/calls/contact-rules.ts'
import { EVENT_BYTES_MAX } from '../../schemas/check-event.ts'
import { SECOND_MS } from '../../schemas/durations.ts'
import type { Topic } from '../../schemas/topic.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { Name, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { settingOn } from '../versioned-settings.ts'
import { campaignInForce, contactState, lawInForce } from './contact-state.ts'
import { lawAnswer, lawFields } from './law-answer.ts'

const CUSTOMERS_MAX = 1_000
/** Decisions that are older say nothing of now. */
const RECORD_MS_MAX = 10 * SECOND_MS
/** Decided in one go: about ten milliseconds at most, after which other requests have their turn. */
const CUSTOMERS_AT_ONCE = 50

const Decisions = Type.Object({
  campaign: Type.String(),
  purpose: Type.String(),
  channel: Type.String(),
  jurisdiction: Type.String(),
  at: Type.String({ format: 'date-time', description: 'The time for which it is decided: now.' }),
  ...lawFields,
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
            customerIds: Type.Array(Type.String(identifier.json), { minItems: 1, maxItems: CUSTOMERS_MAX }),
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
      const decided = await decideAll(question, ids, customers)
      const refusals = decided.flatMap(({ customerId, decision }) => refusalOf(customerId, decision, campaign, now))
      await record(ports, refusals)
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

interface Decided {
  readonly customerId: string
  readonly decision: PermissionDecision
}

async function decideAll(
  question: Omit<PermissionQuestion, 'customer'>,
  ids: readonly string[],
  customers: ReadonlyMap<string, KnownCaller>,
): Promise<Decided[]> {
  const decided: Decided[] = []
  for (const [index, customerId] of ids.entries()) {
    if (index > 0 && index % CUSTOMERS_AT_ONCE === 0) await setImmediate()
    decided.push({ customerId, decision: decidePermission({ ...question, customer: customers.get(customerId) }) })
  }
  return decided
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

/** Nothing is permitted while refusals can’t be recorded, or not in time. */
async function record({ publish }: ApiPorts, refusals: readonly ContactRefusal[]): Promise<void> {
  if (refusals.length === 0) return
  const startedAt = performance.now()
  try {
    await publish(contactRefusals as Topic, refusals)
  } catch (error) {
    throw new ProblemError(
      'unavailable',
      `Nobody may be called now, since refusals can’t be recorded: ${(error as Error).message}`,
    )
  }
  if (performance.now() - startedAt > RECORD_MS_MAX)
    throw new ProblemError('unavailable', 'Recording the refusals took so long that the decisions are old: ask again.')
}
