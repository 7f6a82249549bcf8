import { turnAnalyser } from '../../../composition/api/analyse-turn.ts'
import { turnFeatures } from '../../../features/calls/turns.ts'
import type { Model } from '../../../models/model.ts'
import { turnAnalyses, type TurnAnalysis } from '../../../schemas/calls/turns.ts'
import { noGlobals } from '../../../streams/replay/replay.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const AT = Date.UTC(2026, 10, 9, 23, 30)

/** A model that predicts a complaint once an earlier turn was one. */
const model: Model = {
  id: 'intents',
  task: 'intent',
  algorithm: 'echo',
  featureSet: turnFeatures.id,
  featureNames: turnFeatures.names,
  outputs: ['complaint', 'balance'],
  score({ rows }, into) {
    const known = !Number.isNaN(rows[turnFeatures.names.indexOf('turn.lastIntent')])
    into.set(known ? [0.9, 0.1] : [0.2, 0.8])
  },
}

const earlier: TurnAnalysis = {
  id: 'turn-analysis/turns/0/7/call-1/0',
  occurredAt: AT - 60_000,
  source: 'test',
  customerId: 'c-1',
  callId: 'call-1',
  turn: 0,
  text: '我要投诉',
  intent: 'complaint',
  intents: [{ intent: 'complaint', probability: 0.9 }],
  modelId: 'intents',
  absent: null,
  sentiment: 'negative',
  sentimentScore: -0.5,
  objection: 'contact',
  cues: ['投诉'],
  keyPhrases: ['投诉'],
  unsure: [],
  context: { 'turn.number': 0 },
}

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest({
    analyseTurn: turnAnalyser(() => ({ ...noGlobals, model: (task) => (task === 'intent' ? model : undefined) })),
  })
  await put(api.database, turnAnalyses, [earlier])
  await api.database.insertInto('customers').values({ customerId: 'c-1', timeZone: 'Asia/Shanghai' }).execute()
})
afterAll(() => api.close())

const turn = {
  id: 't',
  occurredAt: AT,
  source: 'test',
  customerId: 'c-1',
  callId: 'call-1',
  turn: 1,
  speaker: 'customer',
}

async function analysis(changes: Record<string, unknown>) {
  const answer = await api.server.inject({ method: 'POST', url: '/turns/analysis', payload: { ...turn, ...changes } })
  return { status: answer.statusCode, body: answer.json() }
}

test('a turn is analysed at once, using the earlier turns of the call and the customer’s local hour', async () => {
  const { status, body } = await analysis({ text: '利率太高了' })
  expect(status).toBe(200)
  expect(body).toMatchObject({ intent: 'complaint', modelId: 'intents', sentiment: 'negative', objection: 'price' })
  expect(body.context).toMatchObject({ 'turn.number': 1, 'turn.pause': 60, 'turn.hour': 7, 'turn.weekday': 2 })
})

test('it has no effect on other calls of the customer, or on other customers', async () => {
  expect((await analysis({ text: '余额', callId: 'call-2' })).body).toMatchObject({ intent: 'balance' })
  expect((await analysis({ text: '余额', customerId: 'c-2' })).body).toMatchObject({ intent: 'balance' })
})

test('words of a speech recognition do as well as a text', async () => {
  const words = [
    { text: '太', startMs: 0, endMs: 100, confidence: 0.9 },
    { text: '贵', startMs: 100, endMs: 200, confidence: 0.3 },
  ]
  expect((await analysis({ text: '', words })).body).toMatchObject({
    text: '太贵',
    objection: 'price',
    unsure: [words[1]],
  })
})

test('words replace a missing text; a turn with neither is rejected', async () => {
  const words = [
    { text: '太', startMs: 0, endMs: 100 },
    { text: '贵', startMs: 100, endMs: 200 },
  ]
  expect(await analysis({ words })).toMatchObject({ status: 200, body: { text: '太贵', objection: 'price' } })
  for (const nothing of [{}, { words: [] }])
    expect(await analysis(nothing)).toMatchObject({
      status: 400,
      body: { errors: [{ part: 'body', path: '/text', problem: 'It is missing. Send text or words.' }] },
    })
})

test('errors in a turn are reported with their place', async () => {
  const words = [{ text: 'a', startMs: 0, endMs: 1, confidence: 2 }]
  const { status, body } = await analysis({ text: 'a', words, speaker: 'nobody' })
  expect(status).toBe(400)
  expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['/speaker', '/words/0/confidence'])
})

test('a call is shown turn by turn; requests in progress are not stored', async () => {
  const shown = await api.server.inject({ url: '/calls/call-1/turns' })
  expect(shown.json().turns).toHaveLength(1)
  expect(shown.json().turns[0]).toMatchObject({ turn: 0, intent: 'complaint', keyPhrases: ['投诉'] })
  expect((await api.server.inject({ url: '/calls/none/turns' })).statusCode).toBe(404)
  expect(api.published).toEqual([])
})

test('very long and odd texts are analysed like any other', async () => {
  for (const text of ['', '😀'.repeat(10), '\u0007\u2028', '很好'.repeat(30_000)])
    expect({ text: text.slice(0, 9), ...(await analysis({ text })) }).toMatchObject({
      text: text.slice(0, 9),
      status: 200,
      body: { text },
    })
})
