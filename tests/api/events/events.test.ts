import { EVENTS_MAX } from '../../../api/events/events.ts'
import { UnclearError } from '../../../api/ports.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api.close())
beforeEach(() => api.published.splice(0))

const transaction = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  occurredAt: '2026-01-31T09:00:00+08:00',
  source: 'test',
  customerId: 'c-1',
  accountId: 'a-1',
  amountMinor: -1_250,
  currency: 'CNY',
  kind: 'card',
  ...more,
})

const post = async (
  topic: string,
  body: unknown,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) => {
  const payload = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await api.server.inject({ method: 'POST', url: `/events/${topic}`, headers, payload })
  return { status: answer.statusCode, type: answer.headers['content-type'], body: answer.json() }
}

test('one event is accepted, with its defaults, and its place is returned', async () => {
  const { status, body } = await post('transactions', transaction('t-1'))
  expect(status).toBe(202)
  expect(body).toEqual({ topic: 'transactions', accepted: 1, positions: [{ partition: 0, offset: 0 }] })
  const [sent] = api.published
  expect(sent!.topic).toBe(transactions)
  expect(sent!.events).toEqual([
    {
      ...transaction('t-1'),
      occurredAt: Date.UTC(2026, 0, 31, 1),
      balanceMinor: null,
      category: null,
      counterparty: null,
      channel: null,
    },
  ])
  expect(() => codecOf(transactions, releasedRegistry).encode(sent!.events[0] as never)).not.toThrow()
})

test('several are taken at once, in order', async () => {
  const { status, body } = await post(
    'transactions',
    ['t-1', 't-2', 't-3'].map((id) => transaction(id)),
  )
  expect(status).toBe(202)
  expect(body).toMatchObject({ accepted: 3, positions: [{ offset: 0 }, { offset: 1 }, { offset: 2 }] })
  expect(api.published[0]!.events.map(({ id }) => id)).toEqual(['t-1', 't-2', 't-3'])
})

test('all errors are reported at once, with event and place, and nothing is accepted', async () => {
  const { status, type, body } = await post('transactions', [
    transaction('t-1'),
    transaction('t-2', { amountMinor: 'much', currency: 'yuan' }),
    transaction('t-3', { customerId: undefined, colour: 'red' }),
  ])
  expect(status).toBe(400)
  expect(type).toBe('application/problem+json')
  expect(body).toMatchObject({
    type: '/problems/invalid-events',
    status: 400,
    detail: '2 of 3 events are invalid; none was accepted.',
    errors: expect.arrayContaining([
      { index: 1, path: '/amountMinor', problem: expect.stringContaining('"much"') },
      { index: 1, path: '/currency', problem: expect.stringContaining('three capital letters') },
      { index: 2, path: '/customerId', problem: 'It is missing.' },
      { index: 2, path: '/colour', problem: 'Transaction has no such field.' },
    ]),
  })
  expect(api.published).toEqual([])
})

describe('bad input is a problem document and nothing is taken', () => {
  const wrong: [string, string, unknown, number, string][] = [
    ['an amount of NaN', 'transactions', '{"amountMinor": NaN}', 400, '/problems/invalid-request'],
    [
      'an amount that is no integer',
      'transactions',
      transaction('t', { amountMinor: 0.5 }),
      400,
      '/problems/invalid-events',
    ],
    [
      'year 9999',
      'transactions',
      transaction('t', { occurredAt: '9999-01-01T00:00:00Z' }),
      400,
      '/problems/invalid-events',
    ],
    [
      'year 99999',
      'transactions',
      transaction('t', { occurredAt: 3_093_527_980_800_000 }),
      400,
      '/problems/invalid-events',
    ],
    ['an empty customer', 'transactions', transaction('t', { customerId: '' }), 400, '/problems/invalid-events'],
    ['no event', 'transactions', [], 400, '/problems/invalid-events'],
    ['a text', 'transactions', '"hello"', 400, '/problems/invalid-events'],
    ['null', 'transactions', 'null', 400, '/problems/invalid-events'],
    ['no JSON', 'transactions', '{', 400, '/problems/invalid-request'],
    ['a prototype', 'transactions', '{"__proto__": {"id": "x"}}', 400, '/problems/invalid-request'],
    ['an event of 5 MB', 'visits', { text: 'x'.repeat(5_000_000) }, 400, '/problems/invalid-events'],
    ['a body of 9 MB', 'visits', { text: 'x'.repeat(9_000_000) }, 413, '/problems/too-large'],
    [
      'too many events',
      'transactions',
      Array.from({ length: EVENTS_MAX + 1 }, () => ({})),
      400,
      '/problems/invalid-events',
    ],
    ['an unknown topic', 'gossip', {}, 404, '/problems/not-found'],
    ['a topic of the platform itself', 'scores', {}, 404, '/problems/not-found'],
    ['time, which only the platform tells', 'clock', {}, 404, '/problems/not-found'],
  ]
  test.each(wrong)('%s', async (_, topic, body, status, type) => {
    const answer = await post(topic, body)
    expect(answer).toMatchObject({ status, type: 'application/problem+json', body: { status, type } })
    expect(answer.body.detail).not.toMatch(/\.ts|node_modules/)
    expect(api.published).toEqual([])
  })

  test('an event that is good but for its size', async () => {
    const visit = {
      id: 'v',
      occurredAt: 1_700_000_000_000,
      source: 'crm',
      visitId: 'v',
      opportunityId: 'o',
      customerId: 'c',
      salespersonId: 's',
      text: '客'.repeat(500_000),
    }
    const { status, body } = await post('visits', [visit])
    expect(status).toBe(413)
    expect(body.errors).toEqual([
      { index: 0, path: '', code: 'TOO_LARGE', problem: expect.stringContaining('1048576 are allowed') },
    ])
    expect((await post('visits', { ...visit, text: '客'.repeat(300_000) })).status).toBe(202)
  })

  test('a body that is not called JSON', async () => {
    expect(
      await post('transactions', JSON.stringify(transaction('t')), { 'content-type': 'text/plain' }),
    ).toMatchObject({
      status: 415,
      body: { type: '/problems/unsupported-type' },
    })
  })

  test('a long list of problems is cut', async () => {
    const { body } = await post(
      'transactions',
      Array.from({ length: 300 }, () => ({})),
    )
    expect(body.errors).toHaveLength(100)
    expect(body.detail).toMatch(
      /^300 of 300 events are invalid; none was accepted. The first 100 of \d+ problems are listed.$/,
    )
  })
})

test('a Kafka that does not answer is reported as such', async () => {
  const alone = await apiUnderTest({ publish: () => Promise.reject(new Error('no broker at 127.0.0.1:1')) })
  try {
    const answer = await alone.server.inject({ method: 'POST', url: '/events/transactions', payload: transaction('t') })
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({
      type: '/problems/unavailable',
      detail: 'Kafka accepted none of the events: no broker at 127.0.0.1:1',
    })
  } finally {
    await alone.close()
  }
})

test('events that may or may not have been accepted are reported as such, with what to do', async () => {
  const alone = await apiUnderTest({ publish: () => Promise.reject(new UnclearError('EndTxn: no answer')) })
  try {
    const answer = await alone.server.inject({ method: 'POST', url: '/events/transactions', payload: transaction('t') })
    expect(answer.statusCode).toBe(503)
    expect(answer.json<{ detail: string }>().detail).toMatch(
      /may or may not have been accepted. Send them again with the same ids/,
    )
  } finally {
    await alone.close()
  }
})
