import fc from 'fast-check'
import type { Asset, CreditLine, Purchase, Transaction } from '../../schemas/customers/banking.ts'
import type { Call } from '../../schemas/calls/calls.ts'
import type { Interaction } from '../../schemas/customers/interactions.ts'
import type { Profile } from '../../schemas/customers/profiles.ts'
import { reportOnly, type Visit } from '../../schemas/visits/visits.ts'

export const DAY_MS = 86_400_000
export const START = Date.UTC(2026, 2, 20, 9, 30)

const times = (spanDays: number) =>
  // Only a few instants, so that there are ties.
  fc.oneof(
    fc.integer({ min: 0, max: spanDays * 24 }).map((hour) => START + hour * 3_600_000),
    fc.integer({ min: 0, max: spanDays * DAY_MS }).map((ms) => START + ms),
  )
const envelope = (spanDays: number) => ({
  id: fc.uuid(),
  occurredAt: times(spanDays),
  source: fc.constant('test'),
  customerId: fc.constant('customer-1'),
})
const word = (prefix: string, kinds: number) =>
  fc.option(fc.integer({ min: 0, max: kinds - 1 }).map((n) => `${prefix}${n}`))
const minor = fc.integer({ min: -5_000_000, max: 5_000_000 })

export const randomEvents = (spanDays: number) => ({
  transactions: fc.record<Transaction>({
    ...envelope(spanDays),
    accountId: fc.constantFrom('a', 'b'),
    amountMinor: minor,
    balanceMinor: fc.option(minor),
    currency: fc.constantFrom('CNY', 'EUR'),
    kind: fc.constantFrom('other', 'card', 'transfer', 'cash', 'fee', 'interest', 'salary', 'loan'),
    category: word('category', 6),
    counterparty: word('counterparty', 60),
    channel: word('channel', 3),
  }),
  credit: fc.record<CreditLine>({
    ...envelope(spanDays),
    lineId: fc.constantFrom('l1', 'l2', 'l3'),
    kind: fc.constantFrom('limit', 'drawdown', 'repayment'),
    amountMinor: fc.integer({ min: 0, max: 1_000_000 }),
    currency: fc.constant('CNY'),
  }),
  assets: fc.record<Asset>({
    ...envelope(spanDays),
    assetId: fc.constantFrom('a1', 'a2', 'a3'),
    kind: fc.constantFrom('other', 'deposit', 'property', 'security'),
    valueMinor: fc.integer({ min: 0, max: 3 }),
    currency: fc.constant('CNY'),
  }),
  purchases: fc.record<Purchase>({
    ...envelope(spanDays),
    product: word('product', 5),
    category: word('category', 3),
    quantity: fc.double({ min: 0, max: 9, noNaN: true }),
    amountMinor: fc.integer({ min: 0, max: 1_000_000 }),
    currency: fc.constant('CNY'),
    channel: word('channel', 2),
  }),
  interactions: fc.record<Interaction>({
    ...envelope(spanDays),
    kind: fc.constantFrom(
      'other',
      'page_view',
      'click',
      'mail_opened',
      'mail_answered',
      'campaign_joined',
      'bill_query',
      'wealth_search',
      'chat',
    ),
    channel: word('channel', 3),
    item: word('item', 200),
    durationS: fc.option(fc.double({ min: 0, max: 900, noNaN: true })),
    responseS: fc.option(fc.double({ min: 0, max: 90_000, noNaN: true })),
  }),
  calls: fc.record<Call>({
    ...envelope(spanDays),
    callId: fc.uuid(),
    agentId: fc.constant(null),
    direction: fc.constantFrom('outbound', 'inbound'),
    answered: fc.boolean(),
    durationS: fc.double({ min: 0, max: 900, noNaN: true }),
    campaign: word('campaign', 3),
    product: word('product', 3),
    clicks: fc.integer({ min: 0, max: 3 }),
    satisfaction: fc.option(fc.integer({ min: 1, max: 5 })),
    turns: fc.array(
      fc.record({ speaker: fc.constantFrom('customer', 'agent', 'system'), text: fc.string(), offsetMs: fc.nat() }),
      { maxLength: 3 },
    ),
    context: fc.constant({}),
    script: fc.constant(null),
    scriptVersion: fc.constant(null),
  }),
  profiles: fc.record<Profile>({
    ...envelope(spanDays),
    name: fc.constant(null),
    sex: fc.constantFrom(null, 'unknown', 'female', 'male', 'other'),
    birthYear: fc.option(fc.integer({ min: 1930, max: 2010 })),
    registeredPlace: word('place', 2),
    residence: word('place', 2),
    timeZone: fc.constantFrom('UTC', 'Asia/Shanghai', 'Europe/Berlin', 'Asia/Kolkata'),
    segment: word('segment', 2),
    attributes: fc.constant({}),
  }),
  visits: fc
    .record({
      ...envelope(spanDays),
      visitId: fc.constantFrom('v1', 'v2', 'v3', 'v4', 'v/5'),
      revision: fc.integer({ min: 0, max: 3 }),
      withdrawn: fc.boolean(),
      opportunityId: fc.constantFrom('o', 'o/1', 'o2'),
      salespersonId: fc.constantFrom('s1', 's2'),
      text: fc.string(),
      place: fc.option(fc.constant({ latitude: 1, longitude: 2, accuracyM: null, ageS: null, mocked: null })),
      checkInAt: fc.option(times(spanDays)),
      checkOutAt: fc.option(times(spanDays)),
    })
    .map((visit): Visit => ({ ...reportOnly, ...visit })),
})

/** Generates a list together with a permutation of it. */
export function shuffled<T>(
  list: fc.Arbitrary<readonly T[]>,
): fc.Arbitrary<{ readonly list: readonly T[]; readonly other: readonly T[] }> {
  return list.chain((items) =>
    fc.shuffledSubarray([...items], { minLength: items.length }).map((other) => ({ list: items, other })),
  )
}

/** Expects rows that are equal within a relative 1e-9, or unknown in both. */
export function expectSameRow(actual: Float64Array, expected: Float64Array, names: readonly string[]): void {
  expect(actual.length).toBe(expected.length)
  const apart = names.filter((_, i) => {
    const [a, b] = [actual[i]!, expected[i]!]
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) !== Number.isNaN(b)
    return Math.abs(a - b) > 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
  })
  expect(
    apart.map((name) => `${name}: ${actual[names.indexOf(name)]} instead of ${expected[names.indexOf(name)]}`),
  ).toEqual([])
}
