import { turnAnalyses, type TurnAnalysis } from '../../../schemas/calls/turns.ts'
import { turnsOfCall } from '../../../store/calls/turns.ts'
import { put, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

const analysis = (id: string, turn: number, changes: Partial<TurnAnalysis> = {}): TurnAnalysis => ({
  id,
  occurredAt: START + turn,
  source: 'test',
  customerId: 'c1',
  callId: 'call-1',
  turn,
  text: `turn ${turn} \u0000`,
  intent: null,
  intents: [],
  modelId: null,
  absent: 'No model is released for intent yet.',
  sentiment: 'neutral',
  sentimentScore: 0,
  objection: null,
  cues: [],
  keyPhrases: ['credit card'],
  unsure: [{ text: 'card', startMs: 0, endMs: 1, confidence: 0.5 }],
  context: { 'turn.number': turn },
  ...changes,
})

test('the turns of a call are in order, a corrected one in its newest version, each event once', async () => {
  const first = analysis('a', 1)
  await put(store.database, turnAnalyses, [first, analysis('b', 0), analysis('x', 0, { callId: 'call-2' })])
  await put(store.database, turnAnalyses, [first, analysis('c', 1, { occurredAt: START + 60_000, intent: 'balance' })])
  const stored = await turnsOfCall(store.database, 'call-1')
  expect(stored.map(({ turn, intent, text }) => ({ turn, intent, text }))).toEqual([
    { turn: 0, intent: null, text: 'turn 0 ' },
    { turn: 1, intent: 'balance', text: 'turn 1 ' },
  ])
  expect(stored[0]).toMatchObject({
    keyPhrases: ['credit card'],
    context: { 'turn.number': 0 },
    unsure: [{ confidence: 0.5 }],
  })
})
