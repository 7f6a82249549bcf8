import { isCanaryCustomer, type Globals, type Model, type Trials } from '../../../processors/processor.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import { shadowScores, type ShadowScore } from '../../../schemas/models/shadow-scores.ts'
import type { Message, Topic } from '../../../schemas/topic.ts'
import { createReplay } from '../../../streams/replay/replay.ts'
import { counting, halving, transaction } from '../counting-processor.ts'

const customers = Array.from({ length: 40 }, (_, number) => `c${number}`)
const events = customers.map((id) => ({ topic: transactions as Topic, value: transaction(id, 1) }))
const all = { ...counting, outputs: [scores, shadowScores] } as typeof counting

/** A model that gives a multiple of the first number of a row. */
const scaling = (id: string, factor: number, changes: Partial<Model> = {}): Model => ({
  ...halving(id),
  score({ count, width, rows }, into) {
    for (let index = 0; index < count; index++) into[index] = rows[index * width]! * factor
  },
  ...changes,
})
const globals = (trials: Partial<Trials>): Globals => ({
  get: () => undefined,
  model: () => halving('released'),
  trials: () => ({ canary: undefined, shadows: [], ...trials }),
})
const valuesOf = <T>(messages: readonly Message[], topic: unknown) =>
  messages.filter((one) => one.topic === topic).map(({ value }) => value as T)

test('a canary scores its customers, and the score says which model scored', async () => {
  const canary = { model: scaling('canary', 3), share: 0.4 }
  const live = valuesOf<Score>(await createReplay(all).run(events, globals({ canary })), scores)
  expect(live).toHaveLength(40)
  for (const { customerId, modelId, probability } of live)
    expect([modelId, probability]).toEqual(
      isCanaryCustomer('canary', 0.4, customerId) ? ['canary', 3] : ['released', 0.5],
    )
  expect(new Set(live.map(({ modelId }) => modelId)).size).toBe(2)
})

test('shadows publish their scores apart, tied to the live score, and change no live score', async () => {
  const shadows = [scaling('one', 2), scaling('two', 5)]
  const published = await createReplay(all).run(events, globals({ shadows }))
  const without = await createReplay(all).run(events, globals({}))
  expect(published.filter(({ topic }) => topic === (scores as Topic))).toEqual(without)
  const ids = new Map(valuesOf<Score>(published, scores).map((score) => [score.id, score]))
  const apart = valuesOf<ShadowScore>(published, shadowScores)
  expect(apart).toHaveLength(80)
  for (const { scoreId, modelId, probability, liveProbability, liveModelId, customerId } of apart) {
    expect(ids.get(scoreId)!.customerId).toBe(customerId)
    expect([liveModelId, liveProbability]).toEqual(['released', 0.5])
    expect(probability).toBe(modelId === 'one' ? 2 : 5)
  }
})

test('a canary on which rows fail leaves them to the released model, and a failing shadow publishes nothing', async () => {
  const fails = () => {
    throw new Error('broken')
  }
  const trials = {
    canary: { model: scaling('canary', 3, { score: fails }), share: 1 },
    shadows: [scaling('s', 1, { score: fails })],
  }
  const published = await createReplay(all).run(events, globals(trials))
  expect(new Set(valuesOf<Score>(published, scores).map(({ modelId }) => modelId))).toEqual(new Set(['released']))
  expect(valuesOf(published, shadowScores)).toEqual([])
})

test.each([
  ['reads other features', { featureSet: 'counting@2' }],
  ['has other outputs', { outputs: ['one', 'two'] }],
])('a canary that %s is left out', async (_, changes) => {
  const canary = { model: scaling('canary', 3, changes), share: 1 }
  const published = await createReplay(all).run(events, globals({ canary }))
  expect(new Set(valuesOf<Score>(published, scores).map(({ modelId }) => modelId))).toEqual(new Set(['released']))
})
