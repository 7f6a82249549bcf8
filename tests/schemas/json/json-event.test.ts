import fc from 'fast-check'
import { transactions } from '../../../schemas/customers/banking.ts'
import { calls } from '../../../schemas/calls/calls.ts'
import { profiles } from '../../../schemas/customers/profiles.ts'
import { policies } from '../../../schemas/visits/policies.ts'
import { releases } from '../../../schemas/models/releases.ts'
import { fromJson, toJson } from '../../../schemas/json/json-event.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { topics } from '../../../subjects/subjects.ts'
import { visits } from '../../../schemas/visits/visits.ts'
import { arbitraryValue } from '../arbitrary-value.ts'

const transaction = {
  id: 't-1',
  occurredAt: '2026-01-31T09:00:00+08:00',
  source: 'core-banking',
  customerId: '客户-1',
  accountId: 'a-1',
  amountMinor: -1234,
  currency: 'CNY',
  kind: 'card',
}

function valueOf<T>(topic: Topic<T>, json: unknown): T {
  const result = fromJson(topic, json)
  if (result.ok) return result.value
  throw new Error(JSON.stringify(result.problems))
}

/** Returns path and problem of each, in one line. */
function problemsOf(topic: Topic<never>, json: unknown): readonly string[] {
  const result = fromJson(topic as Topic, json)
  return result.ok ? [] : result.problems.map(({ path, problem }) => `${path}: ${problem}`)
}

describe('JSON', () => {
  test('becomes a value, with the defaults of missing fields', () => {
    expect(valueOf(transactions, transaction)).toEqual({
      ...transaction,
      occurredAt: Date.UTC(2026, 0, 31, 1),
      balanceMinor: null,
      category: null,
      counterparty: null,
      channel: null,
    })
    const { attributes, timeZone } = valueOf(profiles, { id: 'p', occurredAt: 0, source: 's', customerId: 'c' })
    expect({ attributes, timeZone }).toEqual({ attributes: {}, timeZone: 'UTC' })
  })

  test('has times in ISO 8601 or in milliseconds', () => {
    for (const occurredAt of [
      '2026-01-31',
      '2026-01-31T00:00Z',
      '2026-01-31T08:00:00.000+0800',
      Date.UTC(2026, 0, 31),
    ]) {
      expect(valueOf(transactions, { ...transaction, occurredAt }).occurredAt).toBe(Date.UTC(2026, 0, 31))
    }
  })

  test('has bytes in base64', () => {
    const release = {
      id: 'r',
      occurredAt: 0,
      source: 's',
      task: 't',
      modelId: 'm',
      algorithm: 'a',
      featureSet: 'f',
      reason: '',
    }
    expect(valueOf(releases, { ...release, artefact: '6LS3' }).artefact).toEqual(Buffer.from('贷'))
    for (const artefact of ['6LS3=', '6L S', 'é', 5, null]) {
      expect(problemsOf(releases as never, { ...release, artefact })).toEqual([
        `/artefact: It is ${JSON.stringify(artefact)} and must be bytes in base64.`,
      ])
    }
  })

  test('can’t hide a key of a map from the checks', () => {
    const json: unknown = JSON.parse(
      '{"id":"p","occurredAt":0,"source":"s","customerId":"c","attributes":{"__proto__":5}}',
    )
    expect(problemsOf(profiles as never, json)).toEqual(['/attributes/__proto__: It is 5 and must be a string.'])
  })

  test('that is invalid is rejected with all its problems at once', () => {
    const json: Record<string, unknown> = {
      ...transaction,
      id: '',
      occurredAt: '2026-02-30T09:00:00Z',
      accountId: 5,
      amountMinor: 12.5,
      balanceMinor: 2 ** 53,
      currency: 'yuan',
      kind: 'gift',
      'amount/minor~': 1,
    }
    delete json['source']
    expect(problemsOf(transactions as never, json)).toEqual([
      '/amount~1minor~0: Transaction has no such field.',
      '/id: It is "" and must be 1 to 512 bytes of UTF-8 without control characters.',
      '/occurredAt: It is "2026-02-30T09:00:00Z" and must be a time from 1900 to 9999: ISO 8601 with its zone (2026-01-31T09:00:00+08:00) or ms since 1970.',
      '/source: It is missing.',
      '/accountId: It is 5 and must be a string.',
      '/amountMinor: It is 12.5 and must be a whole number below 2^53.',
      '/balanceMinor: It is 9007199254740992 and must be a whole number below 2^53.',
      '/currency: It is "yuan" and must be three capital letters.',
      '/kind: It is "gift" and must be one of other, card, transfer, cash, fee, interest, salary, loan.',
    ])
  })

  test('is looked through to its innermost values', () => {
    const call = {
      id: 'k',
      occurredAt: 0,
      source: 's',
      customerId: 'c',
      callId: 'k',
      direction: 'inbound',
      answered: 'yes',
      durationS: 1e999,
    }
    expect(
      problemsOf(calls as never, {
        ...call,
        clicks: 2 ** 31,
        turns: [{ speaker: 'customer', text: 'a' }, { speaker: 'agent', text: 'a\0', mood: 1 }, 'b'],
        context: { a: '1' },
      }),
    ).toEqual([
      '/answered: It is "yes" and must be true or false.',
      '/durationS: It is Infinity and must be a finite number.',
      '/clicks: It is 2147483648 and must be a whole number of 32 bits.',
      '/turns/1/mood: Turn has no such field.',
      '/turns/1/text: It is "a\\u0000" and must be a string without NUL characters or lone surrogates.',
      '/turns/2: It is "b" and must be an object.',
      '/context/a: It is "1" and must be a finite number.',
    ])
    expect(problemsOf(visits as never, null)).toEqual([': It is null and must be an object.'])
    expect(problemsOf(visits as never, [])).toEqual([': It is [] and must be an object.'])
    expect(
      problemsOf(policies as never, {
        id: 'p',
        occurredAt: 0,
        source: 's',
        name: 'n',
        version: 1,
        rules: {},
        changedBy: '',
      }),
    ).toEqual(['/rules: It is {} and must be an array.'])
  })

  test('that holds a lone surrogate is refused, because UTF-8 can’t hold it', () => {
    expect(problemsOf(transactions as never, { ...transaction, category: '\ud83c' })).toHaveLength(1)
  })
})

describe('a value', () => {
  test('has its times in ISO 8601, and null for numbers that JSON lacks', () => {
    const score: Score = {
      id: 's',
      occurredAt: Date.UTC(2026, 0, 31),
      source: 'scoreline',
      task: 'conversion',
      subjectId: 'o',
      customerId: 'c',
      opportunityId: 'o',
      salespersonId: null,
      visitCount: 3,
      probability: 0.25,
      modelId: null,
      absent: null,
      featureSet: 'visits@1',
      row: [1, NaN, Infinity],
      text: null,
      lineTimes: null,
      inputTopic: null,
      inputPartition: null,
      inputOffset: null,
      featuresId: null,
      propensity: null,
      acted: null,
    }
    expect(toJson(scores, score)).toEqual({ ...score, occurredAt: '2026-01-31T00:00:00.000Z', row: [1, null, null] })
  })

  test.each(topics.map((topic) => [topic.name, topic] as const))(
    'of %s comes back from its JSON, unless a rule speaks against it',
    (_, topic) => {
      fc.assert(
        fc.property(arbitraryValue(topic.schema, { finite: true }), (value) => {
          const json: unknown = JSON.parse(JSON.stringify(toJson(topic, value)))
          const result = fromJson(topic, json)
          if (result.ok) expect(result.value).toEqual(normalised(value))
          else
            for (const { problem } of result.problems)
              expect(problem).toMatch(
                /must be (1 to |one of |keyed by|three|0 or more|between|at most|an IANA|a language tag|an http|an e-mail|a telephone|a time of day|a day such as|a string without|names of fields|the name of an HTTP)/,
              )
        }),
        { numRuns: 30 },
      )
    },
  )
})

/** JSON has no negative zero. */
function normalised(value: unknown): unknown {
  if (typeof value === 'number') return value === 0 ? 0 : value
  if (Array.isArray(value)) return value.map(normalised)
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normalised(inner)]))
}
