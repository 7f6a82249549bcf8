import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { decidePermission, type PermissionDecision } from '../../features/calls/permission/decide-permission.ts'
import type {
  CampaignValue,
  ActiveVersion,
  CustomerContactData,
  PermissionRequest,
} from '../../features/calls/permission/permission-request.ts'
import { contactRefusals, type ContactRefusal } from '../../schemas/calls/contact-refusals.ts'
import { SECOND_MS } from '../../schemas/durations.ts'
import type { Topic } from '../../schemas/topic.ts'
import { ProblemError } from '../http/problem.ts'
import type { ApiPorts } from '../ports.ts'
import { publishAll } from './publish-all.ts'

/** Longest time that recording may take: after it the decisions are stale. */
const RECORD_MS_MAX = 10 * SECOND_MS
/** Customers decided before yielding to other requests: about ten milliseconds of work. */
const CUSTOMERS_AT_ONCE = 50

export interface DecidedCustomer {
  readonly customerId: string
  readonly decision: PermissionDecision
}

/** Decides whether each customer may be called, in this order, until `isEnough` returns true. */
export async function decideCustomers(
  question: Omit<PermissionRequest, 'customer'>,
  ids: readonly string[],
  customers: ReadonlyMap<string, CustomerContactData>,
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

/** Records every refusal. Throws a problem if that fails or takes too long, so that no call is permitted then. */
export async function recordRefusals(
  ports: Pick<ApiPorts, 'publish'>,
  decided: readonly DecidedCustomer[],
  campaign: ActiveVersion<CampaignValue>,
  now: number,
): Promise<void> {
  const refusals = decided.flatMap(({ customerId, decision }) => refusalOf(customerId, decision, campaign, now))
  const startedAt = performance.now()
  await publishAll(
    ports,
    contactRefusals as Topic,
    refusals,
    'Nobody may be called now, because refusals can’t be recorded',
  )
  if (performance.now() - startedAt > RECORD_MS_MAX)
    throw new ProblemError(
      'unavailable',
      'Recording the refusals took so long that the decisions are out of date: ask again.',
    )
}

function refusalOf(
  customerId: string,
  { refusal, checks }: PermissionDecision,
  { name: campaign, value: { purpose, channel, jurisdiction } }: ActiveVersion<CampaignValue>,
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
