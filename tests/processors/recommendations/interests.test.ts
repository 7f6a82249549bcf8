import { customerFeatures as features } from '../../../features/customers/customer.ts'
import { preferenceFeatures } from '../../../features/recommendations/tastes.ts'
import type { Model } from '../../../models/model.ts'
import { interestsScorer } from '../../../processors/recommendations/interests.ts'
import { interactions } from '../../../schemas/customers/interactions.ts'
import { HOUR_MS } from '../../../schemas/durations.ts'
import { interests, type CustomerInterests } from '../../../schemas/recommendations/interests.ts'
import { customerFeatures } from '../../../schemas/customers/customer-features.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import type { Message, Topic } from '../../../schemas/topic.ts'
import { createReplay, noGlobals } from '../../../streams/replay/replay.ts'
import { givenRows, globals, START } from '../scoring-fixtures.ts'

/** A snapshot of features; the model only looks at the customer’s first number. */
const snapshot = (hour: number, first: number) => ({
  topic: customerFeatures,
  value: {
    id: `f${hour}`,
    occurredAt: START + hour * HOUR_MS,
    source: 'test',
    customerId: 'c1',
    featureSet: features.id,
    values: features.names.map((_, place) => (place === 0 ? first : 0)),
    timeZone: 'UTC',
  },
})
const look = (hour: number) => ({
  topic: interactions,
  value: {
    id: `i${hour}`,
    occurredAt: START + hour * HOUR_MS,
    source: 'test',
    customerId: 'c1',
    kind: 'page_view' as const,
    channel: 'app',
    item: 'insurance',
    durationS: null,
    responseS: null,
  },
})
const model = (id: string): Model => ({
  id,
  task: 'preferences',
  algorithm: 'test',
  featureSet: preferenceFeatures.id,
  featureNames: preferenceFeatures.names,
  outputs: ['insurance', 'credit-card'],
  score({ rows, width, count }, into) {
    for (let row = 0; row < count; row++) into.set([rows[row * width]!, 0.5], row * 2)
  },
})
const under = (id: string) => globals({ model: () => model(id) })
const toldOf = (messages: readonly Message[]) =>
  messages.filter(({ topic }) => topic === (interests as Topic)).map(({ value }) => value as CustomerInterests)
const rowsOf = (messages: readonly Message[]) =>
  messages.filter(({ topic }) => topic === (scores as Topic)).map(({ value }) => value as Score)

test('interests are ranked, with the row that they were predicted from', async () => {
  const messages = await createReplay(givenRows(interestsScorer)).run([look(0), snapshot(1, 0.25)], under('m'))
  expect(toldOf(messages)).toMatchObject([
    {
      customerId: 'c1',
      modelId: 'm',
      absent: null,
      lookedAt: ['insurance'],
      interests: [
        { product: 'credit-card', probability: 0.5 },
        { product: 'insurance', probability: 0.25 },
      ],
    },
  ])
  const [score] = rowsOf(messages)
  expect(score).toMatchObject({ task: 'preferences', subjectId: 'c1', probability: 0.5, featureSet: 'preferences@1' })
  expect(score!.row).toHaveLength(preferenceFeatures.names.length)
  expect(score!.row.slice(features.names.length).some((value) => value > 0.9)).toBe(true)
})

test('immaterial changes are not published; a material change, a new day or another model is', async () => {
  const replay = createReplay(givenRows(interestsScorer))
  const times = async (...events: (ReturnType<typeof snapshot> | ReturnType<typeof look>)[]) =>
    toldOf(await replay.run(events, under('m'))).length
  expect(await times(snapshot(0, 0.4))).toBe(1)
  expect(await times(snapshot(1, 0.41), look(2))).toBe(0)
  expect(await times(snapshot(3, 0.45))).toBe(1)
  expect(await times(snapshot(27, 0.45))).toBe(1)
  expect(toldOf(await replay.reevaluate(under('other')))).toMatchObject([{ modelId: 'other' }])
})

test('without a model the row is kept for training, with the reason for missing interests', async () => {
  const messages = await createReplay(givenRows(interestsScorer)).run([snapshot(0, 0.4)], noGlobals)
  expect(toldOf(messages)).toMatchObject([
    { interests: [], modelId: null, absent: 'No model is released for preferences yet.' },
  ])
  expect(rowsOf(messages)).toMatchObject([{ probability: null }])
})
