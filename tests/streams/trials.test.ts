/** Models on trial in the stream, and their replay. */
import { isCanaryCustomer, type Model } from '../../processors/processor.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { releases, type Release, type Trial } from '../../schemas/models/releases.ts'
import { scores } from '../../schemas/models/scores.ts'
import { shadowScores } from '../../schemas/models/shadow-scores.ts'
import { message } from '../../schemas/topic.ts'
import type { ProcessorVerification } from '../../streams/verify/processor.ts'
import { waitFor } from '../support/services.ts'
import { counting, halving, transaction } from './counting-processor.ts'
import { createStream, type StreamUnderTest } from './stream-under-test.ts'
import { verifyStream } from './verify-stream.ts'

const tried = { ...counting, outputs: [scores, shadowScores] } as typeof counting

let stream: StreamUnderTest
beforeEach(async () => void (stream = await createStream([tried])))
afterEach(() => stream.close())

const trial = (modelId: string, mode: Trial['mode'], share = 0): Trial => ({
  mode,
  share,
  modelId,
  algorithm: 'halving',
  featureSet: 'counting@1',
  artefact: Buffer.from('{}'),
})
const release = (trials: readonly Trial[]): Release => ({
  id: `release with ${trials.length}`,
  occurredAt: 1,
  source: 'test',
  task: 'counting',
  modelId: 'released',
  algorithm: 'halving',
  featureSet: 'counting@1',
  artefact: Buffer.from('{}'),
  metrics: {},
  reason: 'a test',
  replaces: null,
  trials,
})
const factors: Record<string, number> = { released: 1, canary: 2, shadow: 3 }
const loadModel = ({ modelId }: Release): Model => ({
  ...halving(modelId),
  score({ count, width, rows }, into) {
    for (let index = 0; index < count; index++) into[index] = rows[index * width]! * factors[modelId]!
  },
})

const events = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    message(transactions, transaction(`c${index}`, 1, { id: `t${from + index}` })),
  )
const complete = ({ messages, differences }: ProcessorVerification) => {
  expect(differences).toEqual([])
  expect(messages.different + messages.missing + messages.extra).toBe(0)
}

test('a canary and a shadow are adopted between two transactions, end between two, and replay to the same bytes', async () => {
  await stream.publish([message(releases, release([])), ...events(0, 30)])
  await stream.start({ loadModel })
  await waitFor(async () => (await stream.readAll(scores)).length >= 30, { what: 'scores without a trial' })
  expect(await stream.readAll(shadowScores)).toEqual([])
  const before = new Set((await stream.readAll(scores)).map(({ id }) => id))

  await stream.publish([message(releases, release([trial('canary', 'canary', 0.5), trial('shadow', 'shadow')]))])
  // The canary changes decisions, so every customer is scored again.
  await waitFor(async () => (await stream.readAll(shadowScores)).length >= 30, { what: 'scores of the shadow' })
  const live = (await stream.readAll(scores)).filter(({ id }) => !before.has(id))
  expect(live).toHaveLength(30)
  for (const { customerId, modelId, probability } of live) {
    const by = isCanaryCustomer('canary', 0.5, customerId) ? 'canary' : 'released'
    expect([modelId, probability]).toEqual([by, factors[by]])
  }
  const ids = new Set(live.map(({ id }) => id))
  for (const { scoreId, probability, modelId } of await stream.readAll(shadowScores)) {
    expect(ids.has(scoreId)).toBe(true)
    expect([modelId, probability]).toEqual(['shadow', 3])
  }

  await stream.publish([message(releases, release([]))])
  await waitFor(async () => (await stream.readAll(scores)).length >= 90, { what: 'scores after the trial' })
  expect((await stream.readAll(shadowScores)).length).toBe(30)
  complete(await verifyStream(stream, tried, { loadModel }))
}, 60_000)

test('a shadow alone causes no re-evaluation: decisions do not depend on it', async () => {
  await stream.publish([message(releases, release([])), ...events(0, 10)])
  await stream.start({ loadModel })
  await waitFor(async () => (await stream.readAll(scores)).length >= 10, { what: 'scores' })
  await stream.publish([message(releases, release([trial('shadow', 'shadow')]))])
  let sent = 100
  await waitFor(
    async () => {
      await stream.publish(events(sent++, 1))
      return (await stream.readAll(shadowScores)).length > 0
    },
    { what: 'a score of the shadow' },
  )
  const live = await stream.readAll(scores)
  expect(live.every(({ inputTopic }) => inputTopic !== null)).toBe(true)
  complete(await verifyStream(stream, tried, { loadModel }))
}, 60_000)
