import { createLiveCalls } from '../../../api/calls/live-calls.ts'
import type { ApiPorts, Prompt } from '../../../api/ports.ts'
import { profiles } from '../../../schemas/customers/profiles.ts'
import { sessionSteps, type SessionStep } from '../../../schemas/calls/session-steps.ts'
import { publishOutbox, type OutboxEntry } from '../../../store/operations/outbox.ts'
import { settings } from '../../../subjects/subjects.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const AT = Date.UTC(2026, 10, 9, 12)
let api: ApiUnderTest
let sent: OutboxEntry[]

beforeAll(async () => {
  api = await apiUnderTest({ simulatedClock: () => ({ now: AT, speed: 1 }) })
  const unknown = { sex: null, birthYear: null, registeredPlace: null, residence: null, segment: null, attributes: {} }
  await put(
    api.database,
    profiles,
    ['ada', 'bob'].map((customerId) => ({
      ...{ id: customerId, occurredAt: AT, source: 'test', customerId, name: customerId, timeZone: 'UTC', ...unknown },
    })),
  )
})
beforeEach(() => (sent = []))
afterAll(() => api.close())

const send = async (method: 'GET' | 'POST', url: string, payload?: object) => {
  const answer = await api.server.inject({ method, url, ...(payload === undefined ? {} : { payload }) })
  return { code: answer.statusCode, body: (answer.body === '' ? {} : answer.json()) as Record<string, unknown> }
}
const start = (callId: string, changes: object = {}) =>
  send('POST', '/call-sessions', { callId, customerId: 'ada', language: 'en', agent: 'Mary', ...changes })
const report = (callId: string, kind: string, body: object) => send('POST', `/call-sessions/${callId}/${kind}`, body)
const turn = (callId: string, number: number, text: string) => report(callId, 'turns', { number, text })
const said = ({ body }: { readonly body: Record<string, unknown> }) =>
  (body['say'] as Prompt['say']).map(({ partId }) => partId)
const publish = async () => {
  await publishOutbox(api.database, (entry) => {
    sent.push(entry)
    return Promise.resolve()
  })
  const steps = sent.filter(({ topic }) => topic === sessionSteps.name).map(({ event }) => event as SessionStep)
  return { steps, topics: sent.map(({ topic }) => topic) }
}

test('a call is led through its script: objection, required part, end, with every step on record', async () => {
  const first = await start('led')
  expect(first).toMatchObject({
    code: 200,
    body: { step: 1, next: 'listen', say: [{ text: 'Good day, ada. This is Mary from your bank.' }] },
  })
  expect(said(await turn('led', 0, 'Yes?'))).toEqual(['recording', 'time'])
  await report('led', 'interruptions', { partId: 'recording', spoken: 'This call' })
  expect(said(await turn('led', 1, 'That is too expensive anyway'))).toEqual(['recording', 'answer:price'])
  const over = await turn('led', 2, 'Stop calling me')
  expect([over.body['next'], said(over)]).toEqual(['end', ['answer:contact', 'closing']])
  expect((await report('led', 'end', { reason: 'hung up' })).code).toBe(204)
  expect((await send('GET', '/call-sessions/led')).body).toMatchObject({ isOver: true, turns: 3, prompt: { say: [] } })
  const { steps, topics } = await publish()
  expect(steps.map(({ step, report: kind, objection }) => [step, kind, objection])).toEqual([
    ...[
      [1, 'start', null],
      [2, 'turn', null],
      [3, 'interruption', null],
    ],
    ...[
      [4, 'turn', 'price'],
      [5, 'turn', 'contact'],
      [6, 'end', null],
    ],
  ])
  expect(steps[3]!.reasons).toContain('"recording" is said again, because it was interrupted.')
  expect(topics.filter((topic) => topic === 'turns')).toHaveLength(3)
  expect(sent.find(({ topic }) => topic === 'contact-permissions')?.event).toMatchObject({
    ...{ customerId: 'ada', kind: 'do-not-call', evidence: 'Said in the call led: Stop calling me' },
  })
  // What the outbox sends is what the topic and the table take.
  await put(api.database, sessionSteps, steps)
  const listed = (await send('GET', '/session-steps?callId=led')).body['items'] as readonly { step: number }[]
  expect(listed.map(({ step }) => step).sort()).toEqual([1, 2, 3, 4, 5, 6])
})

test('another process goes on with the call at its part, and repeated reports change nothing', async () => {
  const first = await start('resumed')
  const second = await turn('resumed', 0, 'yes')
  // A process that knows nothing but the database.
  const other = createLiveCalls({
    ...{ database: api.database, settings, simulatedClock: () => undefined, publish: () => Promise.resolve([]) },
    analyseTurn: () => Promise.reject(new Error('no model')),
    logError: () => {},
  } as Partial<ApiPorts> as ApiPorts)
  const call = { callId: 'resumed', customerId: 'ada', language: 'en', agent: 'Mary', at: AT }
  expect(await other.start(call)).toEqual(second.body)
  expect(await other.turn('resumed', { number: 0, text: 'yes', at: AT })).toEqual(second.body)
  const third = await other.turn('resumed', { number: 1, text: 'yes', at: AT })
  expect(third).toMatchObject({ step: 3, say: [{ partId: 'offer' }] })
  expect(first.body['step']).toBe(1)
  const { steps } = await publish()
  expect(steps.map(({ step }) => step)).toEqual([1, 2, 3])
})

test('the same turn at several processes at once is one step, with one answer', async () => {
  await start('both')
  const answers = await Promise.all(Array.from({ length: 6 }, () => turn('both', 0, 'yes')))
  for (const { code, body } of answers) expect([code, body]).toEqual([200, answers[0]!.body])
  expect((await publish()).steps.filter(({ turn }) => turn === 0)).toHaveLength(1)
})

test('words of speech recognition are a turn; unsure ones and silence are asked again', async () => {
  await start('words')
  const word = (text: string, confidence: number) => ({ text, startMs: 0, endMs: 100, confidence })
  const unsure = await report('words', 'turns', { number: 0, words: [word('mumble', 0.1)] })
  expect([said(unsure), unsure.body['reasons']]).toEqual([
    ['opening'],
    ['The turn was not understood, so the last sentence is repeated.'],
  ])
  expect(said(await report('words', 'silences', { ms: 100 }))).toEqual([])
  expect(said(await report('words', 'turns', { number: 1, words: [word('yes', 0.9)] }))).toEqual(['recording', 'time'])
})

test('calls with a step in the last hour are listed, latest step first, in pages and as a file', async () => {
  type Listed = { readonly items: readonly { readonly callId: string }[]; readonly next: string | null }
  const list = async (query: string) => (await send('GET', `/call-sessions${query}`)).body as unknown as Listed
  const ids = ({ items }: Listed) => items.map(({ callId }) => callId)
  await start('listed', { customerId: 'bob' })
  await turn('listed', 0, 'That is too expensive anyway')
  await report('listed', 'silences', { ms: 60_000 })
  const { items, next } = await list('?isOver=false&limit=2')
  expect(items[0]).toMatchObject({
    ...{ callId: 'listed', customerId: 'bob', customerName: 'bob', template: 'any-product-en', isOver: false },
    ...{ startedAt: new Date(AT).toISOString(), lastAt: new Date(AT).toISOString(), turns: 1, next: 'listen' },
    reasons: ['The customer says nothing.'],
  })
  const rest = await list(`?isOver=false&limit=500&after=${next}`)
  const open = [...ids({ items, next }), ...ids(rest)]
  expect(open).toEqual(['listed', 'words', 'both', 'resumed'])
  expect(ids(await list('?isOver=true'))).toEqual(['led'])
  expect(ids(await list('?customerId=bob'))).toEqual(['listed'])
  await api.database.pool.query(
    `update call_sessions set updated_at = updated_at - interval '61 minutes' where call_id = 'words'`,
  )
  expect(ids(await list(''))).toEqual(['listed', 'both', 'resumed', 'led'])
  const csv = (await api.server.inject({ url: '/call-sessions.csv?isOver=false' })).body.trim().split('\n')
  expect(csv).toHaveLength(1 + 3)
  expect((await send('GET', '/call-sessions/listed')).body).toMatchObject({
    ...{
      customerName: 'bob',
      answers: expect.arrayContaining([expect.objectContaining({ objection: 'price', used: true })]),
    },
  })
})

test('bad reports are refused with what is wrong, and change nothing', async () => {
  await start('bad')
  const detail = async (answer: ReturnType<typeof send>) => {
    const { code, body } = await answer
    return [code, body['detail']]
  }
  expect(await detail(turn('bad', 0, 'x'.repeat(50_000)))).toEqual([
    400,
    'The turn has 50000 characters; 8000 are allowed.',
  ])
  expect(await detail(start('bad', { customerId: 'bob' }))).toEqual([
    409,
    'The call bad already has a script in en for the customer ada: use a different callId for another call.',
  ])
  expect((await turn('of another', 0, 'yes')).code).toBe(404)
  expect((await start('new', { customerId: 'nobody' })).code).toBe(404)
  expect((await start('new', { language: 'fr' })).code).toBe(422)
  expect((await turn('bad', -1, 'yes')).code).toBe(400)
  expect(said(await turn('bad', 0, 'yes'))).toEqual(['recording', 'time'])
})

test('a part that confuses many callers is proposed for a revision, which a person decides', async () => {
  const step = (index: number, confused: boolean): SessionStep => ({
    ...{ id: `s-${index}-${confused}`, occurredAt: AT, source: 'test', customerId: 'ada', callId: `s-${index}` },
    ...{ step: 1, report: 'turn', turn: 0, spoken: confused ? 'What?' : 'Yes', intent: null, objection: null },
    ...{ confusedBy: confused ? 'offer' : null, template: 'any-product-en', templateVersion: 0, policyVersion: 0 },
    ...{ say: [{ partId: 'offer', text: 'An offer.', required: false }], next: 'listen', reasons: [], unsaid: [] },
  })
  const calls = (count: number, confused: number) =>
    Array.from({ length: count }, (_, index) => [step(index, false), ...(index < confused ? [step(index, true)] : [])])
  await put(api.database, sessionSteps, calls(60, 8).flat())
  expect((await send('GET', '/script-revisions')).body['items']).toEqual([])
  await put(api.database, sessionSteps, calls(60, 20).flat())
  expect((await send('GET', '/script-revisions')).body['items']).toMatchObject([
    {
      ...{ template: 'any-product-en', templateVersion: 0, partId: 'offer', calls: 60, confused: 20, decision: null },
      ...{
        proposedText: 'We have something new: {{ product }}.',
        examples: ['What?', 'What?', 'What?', 'What?', 'What?'],
      },
    },
  ])
  const decision = { template: 'any-product-en', templateVersion: 0, partId: 'offer', decidedBy: 'li', reason: 'Clear' }
  const decide = (changes: object) => send('POST', '/script-revisions', { ...decision, ...changes })
  expect((await decide({ decision: 'accepted', partId: 'time' })).code).toBe(404)
  expect((await decide({ decision: 'accepted', text: 'Our {{ nonsense }}' })).code).toBe(400)
  expect(await decide({ decision: 'accepted' })).toEqual({ code: 200, body: { newVersion: 1 } })
  const template = (await send('GET', '/script-templates/any-product-en')).body
  const parts = template['parts'] as readonly { id: string; text: string }[]
  expect(parts.find(({ id }) => id === 'offer')!.text).toBe('We have something new: {{ product }}.')
  expect((await decide({ decision: 'rejected' })).body['detail']).toBe('The revision was accepted by li already.')
})
