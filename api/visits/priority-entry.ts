import { Type, type Static } from 'typebox'
import { DAY_MS } from '../../schemas/durations.ts'
import type { PriorityEntry } from '../../schemas/visits/priorities.ts'
import type { OpportunityBrief } from '../../store/customers/names.ts'
import { CustomerName } from '../http/personal.ts'
import { nullable, Time } from '../http/schema-parts.ts'

const Action = Type.Object(
  {
    code: Type.String({ description: 'One of the codes in docs/priorities.md.' }),
    text: Type.String(),
  },
  { description: 'What to do next.' },
)

/** Schema of an open opportunity on a list. Fields that an older version did not write are null. */
export const Entry = Type.Object({
  opportunityId: Type.String(),
  customerId: Type.String(),
  customerName: CustomerName,
  salespersonId: Type.String(),
  teamId: nullable(Type.String()),
  product: nullable(Type.String()),
  stage: nullable(Type.String()),
  valueMinor: nullable(Type.Integer(), 'Value from the CRM, in minor units of `currency`.'),
  currency: nullable(Type.String()),
  rank: nullable(Type.Integer(), 'Rank by probability; null if not among the best hundred.'),
  valueRank: nullable(Type.Integer(), 'Rank by expected value; null if not among the best hundred.'),
  probability: Type.Number(),
  probabilityAssumed: Type.Boolean({
    description: 'Whether the probability is the one assumed in the planning setting, because nobody has visited yet.',
  }),
  trend: nullable(Type.Number(), 'Change of the probability with the last visit; null if unknown.'),
  visitCount: nullable(Type.Integer()),
  lastVisitAt: nullable(Time, 'null if never visited.'),
  daysSinceVisit: nullable(Type.Integer(), 'Whole days since the last visit; null if never visited.'),
  worthMinor: nullable(
    Type.Number(),
    'Value in the currency of the organisation: from the CRM, converted, or assumed.',
  ),
  worthFrom: nullable(Type.String(), 'Source of the value: told (from the CRM), converted or assumed.'),
  worthCurrency: nullable(Type.String()),
  urgency: nullable(Type.Number()),
  expectedValueMinor: nullable(
    Type.Number(),
    'probability × worth × urgency − cost of a visit, in minor units of `worthCurrency`.',
  ),
  reasons: Type.Array(Type.String(), { description: 'Reasons for or against a visit, in words.' }),
  action: Type.Union([Action, Type.Null()]),
  scoredAt: Time,
  verdict: nullable(Type.String()),
})

export function entryJson(
  { outlook, scoredAt, ...entry }: PriorityEntry,
  about: OpportunityBrief | undefined,
  now: number,
): Static<typeof Entry> {
  const { opportunityId, customerId, salespersonId, probability, rank, valueRank } = entry
  const lastVisitAt = outlook?.lastVisitAt ?? null
  return {
    opportunityId,
    customerId,
    customerName: about?.customerName ?? null,
    salespersonId,
    teamId: about?.teamId ?? null,
    product: about?.product ?? null,
    stage: about?.stage ?? null,
    valueMinor: about?.valueMinor ?? null,
    currency: about?.currency ?? null,
    rank,
    valueRank,
    probability,
    probabilityAssumed: outlook?.probabilityAssumed ?? false,
    trend: outlook?.trend ?? null,
    visitCount: outlook?.visitCount ?? null,
    lastVisitAt: lastVisitAt === null ? null : new Date(lastVisitAt).toISOString(),
    daysSinceVisit: lastVisitAt === null ? null : Math.max(0, Math.floor((now - lastVisitAt) / DAY_MS)),
    worthMinor: outlook?.worthMinor ?? null,
    worthFrom: outlook?.worthFrom ?? null,
    worthCurrency: outlook?.currency ?? null,
    urgency: outlook?.urgency ?? null,
    expectedValueMinor: outlook?.expectedValueMinor ?? null,
    reasons: [...(outlook?.reasons ?? [])],
    action: outlook?.action ?? null,
    scoredAt: new Date(scoredAt).toISOString(),
    verdict: about?.verdict ?? null,
  }
}
