import { valueCode } from '../../../features/string-hash.ts'
import { decodeArtefact } from '../../../models/artefact.ts'
import { random } from '../../../models/random.ts'
import { retrainIntents, stepOnNewTurns } from '../../../retrainer/lifecycle/retrain-intents.ts'
import { firstOutcome, outcomes, type Outcome } from '../../../schemas/models/outcomes.ts'
import { MINUTE_MS } from '../../../schemas/durations.ts'
import { turnAnalyses, type TurnAnalysis } from '../../../schemas/calls/turns.ts'
import { nextTurn, type DialogueContext } from '../../../simulator/calls/dialogue.ts'
import { labelledTurns } from '../../../store/calls/labelled-turns.ts'
import { championOf, listModels } from '../../../store/models/models.ts'
import { put, START, storeUnderTest } from '../../store/store-under-test.ts'

const store = storeUnderTest()

/** Small and therefore fast settings. */
const settings = { width: 32, heads: 2, layers: 1, feedForward: 64, epochs: 15, learningRate: 0.003 }

/** Stores turns, one a minute from `first` on, each with its label an hour later. */
async function say(first: number, count: number, late: number): Promise<void> {
  const next = random(first + 1)
  let context: DialogueContext = { lastIntent: null, lastSolved: null, hour: 10 }
  const analyses: TurnAnalysis[] = []
  const labels: Outcome[] = []
  for (let turn = first; turn < first + count; turn++) {
    const { text, intent } = nextTurn(context, late, next)
    const occurredAt = START + turn * MINUTE_MS
    const known: Record<string, number> = { 'turn.hour': context.hour }
    if (context.lastIntent !== null) known['turn.lastIntent'] = valueCode(context.lastIntent)
    if (context.lastSolved !== null) known['turn.lastSolved'] = context.lastSolved ? 1 : 0
    const event = { occurredAt, source: 'test', customerId: 'c1' }
    analyses.push({
      ...event,
      id: `t${turn}`,
      callId: 'call',
      turn,
      text,
      intent: null,
      intents: [],
      modelId: null,
      absent: 'No model.',
      sentiment: 'neutral',
      sentimentScore: 0,
      objection: null,
      cues: [],
      keyPhrases: [],
      unsure: [],
      context: known,
    })
    labels.push({
      ...event,
      id: `o${turn}`,
      occurredAt: occurredAt + 60 * MINUTE_MS,
      task: 'intent',
      subjectId: intent,
      value: 1,
      asOf: occurredAt,
      ...firstOutcome,
    })
    context = { lastIntent: intent, lastSolved: next() < 0.6, hour: Math.floor(24 * next()) }
  }
  await put(store.database, turnAnalyses, analyses)
  await put(store.database, outcomes, labels)
}

test('a label belongs to the turn that it is about', async () => {
  await say(0, 5, 0)
  const turns = await labelledTurns(store.database)
  expect(turns.map(({ id }) => id)).toEqual(['o0', 'o1', 'o2', 'o3', 'o4'])
  expect(turns[3]).toMatchObject({ saidAt: new Date(START + 3 * MINUTE_MS), knownAt: new Date(START + 63 * MINUTE_MS) })
  expect(await labelledTurns(store.database, turns[3]!.knownAt)).toHaveLength(1)
})

test('intents are learned from labelled turns, and learned further by steps as their words change', async () => {
  const options = { database: store.database, codeVersion: 'test', settings }
  await say(0, 100, 0)
  expect(await retrainIntents(options)).toMatchObject({ kind: 'too-few', needed: 200 })
  expect(await stepOnNewTurns({ ...options, turnsMin: 10 })).toBeUndefined()
  await say(100, 500, 0)
  const first = await retrainIntents(options)
  if (first.kind === 'too-few') throw new Error('too few')
  expect(first).toMatchObject({ kind: 'trained', promote: true })
  expect(first.metrics['accuracy']).toBeGreaterThan(0.75)

  await say(600, 40, 0.9)
  expect(await stepOnNewTurns({ ...options, turnsMin: 50 })).toMatchObject({ kind: 'too-few', needed: 50 })
  await say(640, 160, 0.9)
  const stepped = await stepOnNewTurns({ ...options, turnsMin: 50 })
  expect(stepped).toMatchObject({ kind: 'stepped', promote: true })
  const champion = (await championOf(store.database, 'intent'))!
  expect(champion.data).toMatchObject({ parent: first.modelId })
  expect(champion.data['inUse']).toMatchObject({ accuracy: expect.any(Number) })
  expect(decodeArtefact(champion.artefact)).toMatchObject({ algorithm: 'intent', featureSet: 'turn@1' })
  if (stepped?.kind !== 'stepped') throw new Error('not stepped')
  expect(stepped.metrics['accuracy']).toBeGreaterThan((champion.data['inUse'] as { accuracy: number }).accuracy)
  expect(await stepOnNewTurns({ ...options, turnsMin: 50 })).toMatchObject({ kind: 'too-few', turns: 0 })
}, 120_000)

test('a step that makes the fixed turns worse is recorded but not used, and is not repeated', async () => {
  const options = { database: store.database, codeVersion: 'test', settings }
  await say(0, 500, 0)
  const first = await retrainIntents(options)
  if (first.kind === 'too-few') throw new Error('too few')
  await say(500, 80, 0)
  const wild = { learningRate: 0.5, dropout: 0, batchRows: 8, passes: 2, replayed: 0, seed: 1 }
  const result = await stepOnNewTurns({ ...options, turnsMin: 50, steps: wild })
  expect(result).toMatchObject({
    kind: 'stepped',
    promote: false,
    reason: expect.stringContaining('the one in use stays'),
  })
  expect((await championOf(store.database, 'intent'))!.id).toBe(first.modelId)
  expect(await listModels(store.database, 'intent')).toHaveLength(2)
  expect(await stepOnNewTurns({ ...options, turnsMin: 50, steps: wild })).toMatchObject({ kind: 'too-few' })
}, 120_000)
