import fc from 'fast-check'
import { conversion } from '../../../processors/visits/conversion.ts'
import type { Score } from '../../../schemas/models/scores.ts'
import { opportunities, visits } from '../../../schemas/visits/visits.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../streams/replay/replay.ts'
import { constantModel, globals, opportunity, visit } from '../scoring-fixtures.ts'

const of = (value: ReturnType<typeof visit>): ReplayInput => ({ topic: visits, value })
const ofOpportunity = (value: ReturnType<typeof opportunity>): ReplayInput => ({ topic: opportunities, value })
const scoresOf = (messages: readonly { readonly value: unknown }[]) => messages.map(({ value }) => value as Score)

test('every visit rescores its opportunity on the texts in order of visit time', async () => {
  const run = createReplay(conversion)
  const model = globals({ model: () => constantModel('conversion', conversion.features, 0.7) })
  const scores = scoresOf(await run.run([visit('v2', 2), visit('v1', 1)].map(of), model))
  expect(scores.map(({ text, visitCount, probability }) => [text, visitCount, probability])).toEqual([
    ['客户 v2', 1, 0.7],
    ['客户 v1\n客户 v2', 2, 0.7],
  ])
  expect(scores[1]!.lineTimes).toEqual([visit('v1', 1).occurredAt, visit('v2', 2).occurredAt])
})

test('a closed opportunity is no longer scored, and re-evaluation skips it', async () => {
  const run = createReplay(conversion)
  await run.run(
    [ofOpportunity(opportunity(0)), of(visit('v1', 1)), ofOpportunity(opportunity(1, { status: 'won' }))],
    noGlobals,
  )
  expect(await run.run([of(visit('v2', 2))], noGlobals)).toEqual([])
  expect(await run.reevaluate(noGlobals)).toEqual([])
})

test('a correction that moves a visit to another opportunity rescores both', async () => {
  const run = createReplay(conversion)
  const scores = scoresOf(
    await run.run(
      [visit('v1', 1), visit('v2', 2), visit('v2', 2, { revision: 1, opportunityId: 'o2' })].map(of),
      noGlobals,
    ),
  )
  expect(scores.slice(2).map(({ subjectId, visitCount }) => [subjectId, visitCount])).toEqual([
    ['o2', 1],
    ['o1', 1],
  ])
})

test('an opportunity whose only visit is withdrawn or moved loses its probability, and is scored again by the next one', async () => {
  const run = createReplay(conversion)
  const model = globals({ model: () => constantModel('conversion', conversion.features, 0.7) })
  const told = async (...inputs: readonly ReplayInput[]) =>
    scoresOf(await run.run(inputs, model)).map(({ subjectId, visitCount, probability, modelId }) => [
      ...[subjectId, visitCount, probability],
      modelId === null,
    ])
  expect(await told(ofOpportunity(opportunity(0)))).toEqual([])
  expect(await told(of(visit('v1', 1)), of(visit('v1', 1, { revision: 1, withdrawn: true })))).toEqual([
    ['o1', 1, 0.7, false],
    ['o1', 0, null, true],
  ])
  expect(await told(of(visit('v2', 2)), of(visit('v2', 2, { revision: 1, opportunityId: 'o2' })))).toEqual([
    ['o1', 1, 0.7, false],
    ['o2', 1, 0.7, false],
    ['o1', 0, null, true],
  ])
})

test('in whatever order visits and corrections come, the last score is the same', async () => {
  const events = [
    ...[1, 2, 3, 4].map((number) => of(visit(`v${number}`, number))),
    of(visit('v2', 2, { revision: 1, text: '改' })),
    of(visit('v3', 3, { revision: 1, withdrawn: true })),
    ofOpportunity(opportunity(0)),
    ofOpportunity(opportunity(1, { salespersonId: 's2' })),
  ]
  const last = async (inputs: readonly ReplayInput[]) => {
    const run = createReplay(conversion)
    await run.run(inputs, noGlobals)
    return scoresOf(await run.reevaluate(noGlobals)).map(({ text, visitCount, salespersonId, row }) => ({
      text,
      visitCount,
      salespersonId,
      row,
    }))
  }
  const expected = await last(events)
  expect(expected).toHaveLength(1)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(events, { minLength: events.length }), async (shuffled) => {
      expect(await last(shuffled)).toEqual(expected)
    }),
    { numRuns: 40 },
  )
})
