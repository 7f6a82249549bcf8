import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { decidePermission, type PermissionDecision } from '../../features/calls/permission/decide-permission.ts'
import type { CampaignOf, InForce, KnownCaller, PermissionQuestion } from '../../features/calls/permission/question.ts'
import { contactRefusals, type ContactRefusal } from '../../schemas/calls/contact-refusals.ts'
import { SECOND_MS } from '../../schemas/durations.ts'
import type { Topic } from '../../schemas/topic.ts'
import { ProblemError } from '../http/problem.ts'
import type { ApiPorts } from '../ports.ts'
import { putOnRecord } from './put-on-record.ts'

/** Decisions that are older say nothing of now. */
const RECORD_MS_MAX = 10 * SECOND_MS
/** Decided in one go: about ten milliseconds at most, after which other requests have their turn. */
const CUSTOMERS_AT_ONCE = 50

export interface DecidedCustomer {
  readonly customerId: string
  readonly decision: PermissionDecision
}

/** Decides on customers in this order, until `isEnough` of them. */
export async function decideCustomers(
  question: Omit<PermissionQuestion, 'customer'>,
  ids: readonly string[],
  customers: ReadonlyMap<string, KnownCaller>,
  isEnough: (decided: readonly DecidedCustomer[]) => boolean = () => false,
): Promise<DecidedCustomer[]> {
  const decided: DecidedCustomer[] = []
  for (const [index, customerId] of ids.entries()) {
    if (isEnough(decided)) break
    if (index > 0 && index % CUSTOMERS_AT_ONCE === 0) await setImmediate()
    decided.push({ customerId, decision: decidePermission({ ...question, customer: customers.get(customerId) }) })
  }
  return decided
}

/** Puts every refusal on record. Nothing is permitted while that can’t be done, or not in time. */
export async function recordRefusals(
  ports: Pick<ApiPorts, 'publish'>,
  decided: readonly DecidedCustomer[],
  campaign: InForce<CampaignOf>,
  now: number,
): Promise<void> {
  const refusals = decided.flatMap(({ customerId, decision }) => refusalOf(customerId, decision, campaign, now))
  const startedAt = performance.now()
  await putOnRecord(
    ports,
    contactRefusals as Topic,
    refusals,
    'Nobody may be called now, since refusals can’t be recorded',
  )
  if (performance.now() - startedAt > RECORD_MS_MAX)
    throw new ProblemError('unavailable', 'Recording the refusals took so long that the decisions are old: ask again.')
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
