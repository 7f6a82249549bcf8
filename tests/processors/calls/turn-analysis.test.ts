import { turnFeatures } from '../../../features/calls/turns.ts'
import { valueCode } from '../../../features/string-hash.ts'
import { OUT_OF_SCOPE } from '../../../models/conversation/intents.ts'
import type { Model } from '../../../models/model.ts'
import { turnAnalysis } from '../../../processors/calls/turn-analysis.ts'
import { profiles, type Profile } from '../../../schemas/customers/profiles.ts'
import { turnAnalyses, turns, type CallTurn, type TurnAnalysis } from '../../../schemas/calls/turns.ts'
import { createReplay, noGlobals } from '../../../streams/replay/replay.ts'

/** Monday, 9 November 2026, 10:00 in London. */
const START = Date.UTC(2026, 10, 9, 10)

const turn = (number: number, text: string, changes: Partial<CallTurn> = {}): CallTurn => ({
  id: `${changes.callId ?? 'call-1'}/${number}`,
  occurredAt: START + number * 10_000,
  source: 'test',
  customerId: 'c-1',
  callId: 'call-1',
  turn: number,
  speaker: 'customer',
  channel: 'phone',
  text,
  words: [],
  solved: null,
  holiday: null,
  ...changes,
})

/** Recognises a complaint by its word; a short text is none of the intents, any other is a balance query. */
const intentModel: Model = {
  id: 'intents-1',
  task: 'intent',
  algorithm: 'watching',
  featureSet: turnFeatures.id,
  featureNames: turnFeatures.names,
  outputs: ['balance', 'complaint', OUT_OF_SCOPE],
  score({ texts }, into) {
    texts.forEach((text, row) =>
      into.set(
        text!.length < 3 ? [0.2, 0.1, 0.7] : text!.includes('投诉') ? [0.1, 0.8, 0.1] : [0.8, 0.1, 0.1],
        row * 3,
      ),
    )
  },
}
const globals = { ...noGlobals, model: (task: string) => (task === 'intent' ? intentModel : undefined) }

/** Feeds the output back to the processor, as the broker does. */
async function analysed(given: readonly (CallTurn | Profile)[], known = globals): Promise<TurnAnalysis[]> {
  const replay = createReplay(turnAnalysis)
  const told: TurnAnalysis[] = []
  for (const event of given) {
    const out = await replay.run([{ topic: 'turn' in event ? turns : profiles, value: event }], known)
    for (const { value } of out) {
      told.push(value as TurnAnalysis)
      await replay.run([{ topic: turnAnalyses, value }], known)
    }
  }
  return told
}

test('a turn of the customer is analysed at once: intent, sentiment, objection and key phrases', async () => {
  const [only, ...others] = await analysed([
    turn(0, '您好，请问有什么可以帮您？', { speaker: 'agent' }),
    turn(1, '你们的贷款利率太高了，我要投诉'),
  ])
  expect(others).toEqual([])
  expect(only).toMatchObject({
    customerId: 'c-1',
    callId: 'call-1',
    turn: 1,
    intent: 'complaint',
    intents: [
      { intent: 'complaint', probability: 0.8 },
      { intent: 'balance', probability: 0.1 },
    ],
    modelId: 'intents-1',
    absent: null,
    sentiment: 'negative',
    objection: 'price',
    cues: expect.arrayContaining(['利率太高']),
  })
  expect(only!.keyPhrases).toContain('贷款利率太高')
})

test('later turns know the subject of an earlier turn, and whether that was solved', async () => {
  const told = await analysed([
    turn(0, '我要投诉你们的服务'),
    turn(1, '已经为您处理好了', { speaker: 'agent', solved: true }),
    turn(2, '另外想查一下余额'),
    turn(3, '还没有查到余额', { solved: false }),
  ])
  expect(told[0]!.context).not.toHaveProperty('turn.lastIntent')
  expect(told[1]!.context).toMatchObject({
    'turn.lastIntent': valueCode('complaint'),
    'turn.lastSolved': 1,
    'turn.unsolvedShare': 0,
    'turn.number': 2,
    'turn.pause': 10,
  })
  expect(told[2]!.context).toMatchObject({
    'turn.lastIntent': valueCode('balance'),
    'turn.intentBefore': valueCode('complaint'),
    'turn.lastSolved': 0,
    'turn.unsolvedShare': 0.5,
  })
})

test('another call starts a new conversation', async () => {
  const told = await analysed([
    turn(0, '我要投诉你们'),
    turn(0, '查询一下余额', { callId: 'call-2', occurredAt: START + 60_000 }),
  ])
  expect(told[1]!.context).not.toHaveProperty('turn.lastIntent')
  expect(told[1]!.context).not.toHaveProperty('turn.pause')
})

test('hours and days are those of the customer', async () => {
  const profile: Profile = {
    id: 'p',
    occurredAt: START - 1,
    source: 'test',
    customerId: 'c-1',
    name: null,
    sex: null,
    birthYear: null,
    registeredPlace: null,
    residence: null,
    timeZone: 'Pacific/Auckland',
    segment: null,
    attributes: {},
  }
  const [abroad] = await analysed([
    profile,
    turn(0, '查询一下余额', { occurredAt: Date.UTC(2026, 10, 6, 12), holiday: true }),
  ])
  expect(abroad!.context).toMatchObject({ 'turn.hour': 1, 'turn.weekday': 6, 'turn.weekend': 1, 'turn.holiday': 1 })
  const [home] = await analysed([turn(0, '查询一下余额')])
  expect(home!.context).toMatchObject({ 'turn.hour': 10, 'turn.weekday': 1, 'turn.weekend': 0 })
})

test('words from speech recognition are joined, and unsure ones are marked', async () => {
  const word = (text: string, startMs: number, confidence: number | null) => ({
    text,
    startMs,
    endMs: startMs + 200,
    confidence,
  })
  const words = [word('too', 0, 0.9), word('expensive', 300, 0.4), word('for', 600, null), word('me', 800, 0.95)]
  const [heard] = await analysed([turn(0, '', { words })])
  expect(heard).toMatchObject({ text: 'too expensive for me', objection: 'price', unsure: [words[1]] })
})

test('without a model, or if no intent fits, there is no intent; the rest is analysed all the same', async () => {
  const [absent] = await analysed([turn(0, '太贵了')], { ...globals, model: () => undefined })
  expect(absent).toMatchObject({ intent: null, intents: [], modelId: null, objection: 'price' })
  expect(absent!.absent).toContain('No model is released for intent')
  const [none] = await analysed([turn(0, '喂')])
  expect(none).toMatchObject({
    intent: null,
    modelId: 'intents-1',
    absent: null,
    sentiment: 'neutral',
    objection: null,
  })
  expect(none!.intents[0]).toEqual({ intent: 'balance', probability: 0.2 })
})
