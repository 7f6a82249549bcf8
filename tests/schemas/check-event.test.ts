import { assets, creditLines, purchases, transactions, type Transaction } from '../../schemas/customers/banking.ts'
import { checkEvent, EVENT_BYTES_MAX, TIME_MAX_MS } from '../../schemas/check-event.ts'
import { calls, type Call } from '../../schemas/calls/calls.ts'
import { clock } from '../../schemas/platform/clock.ts'
import { firstOutcome, outcomes } from '../../schemas/models/outcomes.ts'
import { profiles } from '../../schemas/customers/profiles.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { EventError, type EventErrorCode } from '../../schemas/event-error.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import type { Topic } from '../../schemas/topic.ts'
import { opportunities, reportOnly, visits, type Visit } from '../../schemas/visits/visits.ts'

const NOW = Date.UTC(2026, 0, 31, 12)
const envelope = { id: 'e-1', occurredAt: NOW, source: 'test' }

const transaction: Transaction = {
  ...envelope,
  customerId: '客户-1',
  accountId: 'a-1',
  amountMinor: -100,
  balanceMinor: null,
  currency: 'CNY',
  kind: 'card',
  category: null,
  counterparty: null,
  channel: null,
}
const visit: Visit = {
  ...envelope,
  visitId: 'v-1',
  revision: 0,
  withdrawn: false,
  opportunityId: 'o-1',
  customerId: 'c-1',
  salespersonId: 's-1',
  text: '客户希望了解贷款。',
  ...reportOnly,
  place: { latitude: 31.2, longitude: 121.5, accuracyM: null, ageS: null, mocked: null },
  checkInAt: NOW,
}
const call: Call = {
  ...envelope,
  customerId: 'c-1',
  callId: 'k-1',
  agentId: null,
  direction: 'outbound',
  answered: true,
  durationS: 60,
  campaign: null,
  product: null,
  clicks: 0,
  satisfaction: 5,
  turns: [{ speaker: 'customer', text: 'Yes', offsetMs: 0 }],
  context: { previousCalls: 2 },
  script: null,
  scriptVersion: null,
}

/** Returns the code and the message of the check’s error; `undefined` if it passes. */
function verdict<T extends Envelope>(
  topic: Topic<T>,
  event: T,
  record: { key?: string | null; writtenAt?: number } = {},
) {
  const { key = topic.keyOf(event), writtenAt = NOW } = record
  try {
    checkEvent(topic as Topic, event, { key, writtenAt })
    return undefined
  } catch (error) {
    if (error instanceof EventError) return { code: error.code, message: error.message }
    throw error
  }
}

const refused = (code: EventErrorCode, words: string) => ({ code, message: expect.stringContaining(words) as unknown })

test('good events are let through', () => {
  expect(verdict(transactions, transaction)).toBeUndefined()
  expect(verdict(visits, visit)).toBeUndefined()
  expect(verdict(calls, call)).toBeUndefined()
  expect(verdict(clock, { ...envelope, partition: 3 })).toBeUndefined()
})

test('an event may have a mebibyte', () => {
  expect(EVENT_BYTES_MAX).toBe(1_048_576)
})

describe('the event time', () => {
  test.each([
    ['long ago', Date.UTC(1900, 0, 1)],
    ['a day ahead of the record', NOW + DAY_MS],
  ])('may be %s', (_, occurredAt) => {
    expect(verdict(transactions, { ...transaction, occurredAt })).toBeUndefined()
  })

  test.each([
    ['before 1900', Date.UTC(1900, 0, 1) - 1],
    ['more than a day ahead of the record', NOW + DAY_MS + 1],
    ['in the year 9999', Date.UTC(9999, 11, 31)],
    ['in seconds of the year 58000', Number.MAX_SAFE_INTEGER],
  ])('is refused %s', (_, occurredAt) => {
    expect(verdict(transactions, { ...transaction, occurredAt })).toEqual(
      refused('TIME_OUT_OF_RANGE', `occurredAt is ${occurredAt}, the record was written at ${NOW} (ms since 1970).`),
    )
  })

  // For brokers on which producers may set any timestamp. Later times are not valid dates, or can’t name a table
  // partition.
  test.each([TIME_MAX_MS, 8.64e15, 8.64e15 + 1, Number.MAX_SAFE_INTEGER])(
    'is refused at %i whenever the record was written',
    (time) => {
      expect(verdict(transactions, { ...transaction, occurredAt: time }, { writtenAt: time })).toEqual(
        refused('TIME_OUT_OF_RANGE', `occurredAt is ${time}, the record was written at ${time} (ms since 1970).`),
      )
      expect(
        verdict(transactions, { ...transaction, occurredAt: TIME_MAX_MS - 1 }, { writtenAt: time }),
      ).toBeUndefined()
    },
  )
})

describe('the key', () => {
  test('must be the payload’s', () => {
    expect(verdict(transactions, transaction, { key: 'c-2' })).toEqual(
      refused('KEY_MISMATCH', 'The key is "c-2", the payload’s customerId is "客户-1".'),
    )
  })

  test('must be there', () => {
    expect(verdict(transactions, transaction, { key: null })).toEqual(refused('KEY_MISMATCH', 'The key is null'))
  })
})

describe('numbers', () => {
  test.each<[string, number]>([
    ['durationS', NaN],
    ['satisfaction', Infinity],
  ])('%s can’t be %d', (field, value) => {
    expect(verdict(calls, { ...call, [field]: value })).toEqual(refused('NOT_FINITE', `${field} is ${value}.`))
  })

  test('are looked for within records, lists and maps', () => {
    expect(verdict(calls, { ...call, context: { previousCalls: -Infinity } })).toEqual(
      refused('NOT_FINITE', 'context{} is -Infinity.'),
    )
    expect(verdict(visits, { ...visit, place: { ...visit.place!, longitude: NaN } })).toEqual(
      refused('NOT_FINITE', 'place.longitude is NaN.'),
    )
  })
})

describe('an invalid value is refused by its field:', () => {
  const credit = {
    ...envelope,
    customerId: 'c',
    lineId: 'l',
    kind: 'drawdown',
    amountMinor: 5,
    currency: 'EUR',
  } as const
  const profile = {
    ...envelope,
    customerId: 'c',
    name: null,
    sex: null,
    birthYear: null,
    registeredPlace: null,
    residence: null,
    timeZone: 'Asia/Shanghai',
    segment: null,
    attributes: {},
  }
  const opportunity = {
    ...envelope,
    opportunityId: 'o',
    revision: 0,
    customerId: 'c',
    salespersonId: 's',
    teamId: null,
    product: null,
    stage: null,
    status: 'open',
    valueMinor: null,
    currency: null,
    plannedCloseAt: null,
  } as const
  const outcome = { ...envelope, customerId: 'c', task: 't', subjectId: 's', value: 1, asOf: null, ...firstOutcome }

  test.each<[string, () => ReturnType<typeof verdict>]>([
    ['id is ""; it must be 1 to 512 bytes', () => verdict(transactions, { ...transaction, id: '' })],
    ['id is "客客客', () => verdict(transactions, { ...transaction, id: '客'.repeat(171) })],
    ['customerId is "🏦🏦', () => verdict(transactions, { ...transaction, customerId: '🏦'.repeat(129) })],
    ['source is "xxx', () => verdict(transactions, { ...transaction, source: 'x'.repeat(513) })],
    ['customerId is ""', () => verdict(transactions, { ...transaction, customerId: '' })],
    ['accountId is "a\\n1"', () => verdict(transactions, { ...transaction, accountId: 'a\n1' })],
    ['opportunityId is ""', () => verdict(visits, { ...visit, opportunityId: '' })],
    ['salespersonId is ""', () => verdict(visits, { ...visit, salespersonId: '' })],
    [`visitId is "${'v'.repeat(99)}…`, () => verdict(visits, { ...visit, visitId: 'v'.repeat(513) })],
    [
      'currency is "cny"; it must be three capital letters',
      () => verdict(transactions, { ...transaction, currency: 'cny' }),
    ],
    ['currency is "EURO"', () => verdict(opportunities, { ...opportunity, currency: 'EURO' })],
    ['amountMinor is -1; it must be 0 or more', () => verdict(creditLines, { ...credit, amountMinor: -1 })],
    [
      'valueMinor is -1',
      () =>
        verdict(assets, { ...envelope, customerId: 'c', assetId: 'a', kind: 'other', valueMinor: -1, currency: 'EUR' }),
    ],
    [
      'quantity is -0.5',
      () =>
        verdict(purchases, {
          ...envelope,
          customerId: 'c',
          product: null,
          category: null,
          quantity: -0.5,
          amountMinor: 1,
          currency: 'EUR',
          channel: null,
        }),
    ],
    ['satisfaction is 6; it must be between 1 and 5', () => verdict(calls, { ...call, satisfaction: 6 })],
    [
      'place.accuracyM is -1; it must be 0 or more',
      () => verdict(visits, { ...visit, place: { ...visit.place!, accuracyM: -1 } }),
    ],
    [
      'checkInAt is 253402300800000; it must lie between 1900 and 9999',
      () => verdict(visits, { ...visit, checkInAt: 253_402_300_800_000 }),
    ],
    ['asOf is -2208988800001', () => verdict(outcomes, { ...outcome, asOf: -2_208_988_800_001 })],
    [
      'timeZone is "Mars/Base"; it must be an IANA time zone',
      () => verdict(profiles, { ...profile, timeZone: 'Mars/Base' }),
    ],
    ['birthYear is 1492', () => verdict(profiles, { ...profile, birthYear: 1492 })],
    ['text contains a NUL character', () => verdict(visits, { ...visit, text: 'a\0b' })],
    [
      'turns[].text contains a NUL character',
      () => verdict(calls, { ...call, turns: [{ speaker: 'agent', text: '\0', offsetMs: 0 }] }),
    ],
    ['attributes contains a NUL character', () => verdict(profiles, { ...profile, attributes: { 'a\0': 'b' } })],
    ['attributes{} contains a NUL character', () => verdict(profiles, { ...profile, attributes: { a: '\0' } })],
  ])('%s', (words, check) => {
    expect(check()).toEqual(refused('INVALID', words))
  })

  test('and valid ones are not', () => {
    expect(verdict(creditLines, credit)).toBeUndefined()
    expect(verdict(profiles, profile)).toBeUndefined()
    expect(verdict(opportunities, { ...opportunity, currency: 'CNY' })).toBeUndefined()
    expect(verdict(outcomes, { ...outcome, asOf: NOW })).toBeUndefined()
    expect(verdict(transactions, { ...transaction, id: '客'.repeat(170) })).toBeUndefined()
    expect(verdict(transactions, { ...transaction, source: 'x'.repeat(512) })).toBeUndefined()
  })
})
