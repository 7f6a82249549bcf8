import { Type, type Static } from 'typebox'
import { DAY_MS } from '../../schemas/durations.ts'
import type { PriorityEntry } from '../../schemas/visits/priorities.ts'
import type { OpportunityBrief } from '../../store/customers/names.ts'
import { nullable, Time } from '../http/schema-parts.ts'

const Action = Type.Object(
  {
    code: Type.String({ description: 'As docs/priorities.md lists them.' }),
    text: Type.String(),
  },
  { description: 'What to do next.' },
)

/** Schema of an open opportunity on a list. Fields that an older version did not write are null. */
export const Entry = Type.Object({
  opportunityId: Type.String(),
  customerId: Type.String(),
  customerName: nullable(Type.String()),
  salespersonId: Type.String(),
  teamId: nullable(Type.String()),
  product: nullable(Type.String()),
  stage: nullable(Type.String()),
  valueMinor: nullable(Type.Integer(), 'As the CRM told it, in minor units of `currency`.'),
  currency: nullable(Type.String()),
  rank: nullable(Type.Integer(), 'Place by probability; null: not among the hundred best.'),
  valueRank: nullable(Type.Integer(), 'Place by expected value; null: not among the hundred best.'),
  probability: Type.Number(),
  probabilityAssumed: Type.Boolean({ description: 'Nobody was there yet: it is the one of the planning setting.' }),
  trend: nullable(Type.Number(), 'Change of the probability with the last visit; null: not known.'),
  visitCount: nullable(Type.Integer()),
  lastVisitAt: nullable(Time, 'null: never visited.'),
  daysSinceVisit: nullable(Type.Integer(), 'Whole days from then until now; null: never visited.'),
  worthMinor: nullable(Type.Number(), 'Value in the currency of the organisation, told, converted or assumed.'),
  worthFrom: nullable(Type.String(), 'told, converted or assumed.'),
  worthCurrency: nullable(Type.String()),
  urgency: nullable(Type.Number()),
  expectedValueMinor: nullable(
    Type.Number(),
    'probability × worth × urgency − cost of a visit, in minor units of `worthCurrency`.',
  ),
  reasons: Type.Array(Type.String(), { description: 'What speaks for a visit or against it, in words.' }),
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
