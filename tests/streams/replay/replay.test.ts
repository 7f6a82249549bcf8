import fc from 'fast-check'
import type { Model, Processor } from '../../../processors/processor.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import { clock } from '../../../schemas/platform/clock.ts'
import type { Score } from '../../../schemas/models/scores.ts'
import { createReplay, noGlobals, replay } from '../../../streams/replay/replay.ts'
import { counting, globalsWith, halving, transaction } from '../counting-processor.ts'

const input = (value: unknown) => ({ topic: transactions, value })
const valuesOf = (messages: readonly { value: unknown }[]) => messages.map(({ value }) => value as Score)

test('every event gives a row and a score after it was folded, also within one batch', async () => {
  const inputs = [1, 2, 3].map((amount) => input(transaction('c1', amount)))
  const scores = valuesOf(await replay(counting, inputs, globalsWith(halving())))
  expect(scores.map(({ row, probability }) => [...row, probability])).toEqual([
    [1, 1, 0.5],
    [2, 3, 1],
    [3, 6, 1.5],
  ])
  expect(scores[2]).toMatchObject({ inputTopic: 'transactions', inputPartition: 0, inputOffset: 2, modelId: 'model-1' })
})

test('a model of several outputs gives each row its own numbers', async () => {
  const both: Model = {
    ...halving(),
    outputs: ['half', 'double'],
    score({ count, width, rows }, into) {
      for (let index = 0; index < count; index++)
        into.set([rows[index * width]! / 2, rows[index * width]! * 2], index * 2)
    },
  }
  const given: unknown[] = []
  const watching: Processor = {
    ...counting,
    decide: (_decisionState, scored) =>
      given.push({ outputs: scored.outputNames, given: [...scored.outputs], first: scored.probability }),
  }
  const inputs = Array.from({ length: 300 }, (_, amount) => input(transaction('c1', amount)))
  await replay(watching, inputs, globalsWith(both))
  expect(given).toEqual(
    inputs.map((_, index) => ({
      outputs: both.outputs,
      given: [(index + 1) / 2, (index + 1) * 2],
      first: (index + 1) / 2,
    })),
  )
  given.length = 0
  await replay(watching, inputs.slice(0, 1), noGlobals)
  expect(given).toEqual([{ outputs: [], given: [], first: null }])
})

test('the output does not depend on how the input is cut into batches', async () => {
  const customers = fc.constantFrom('a', 'b', 'c')
  await fc.assert(
    fc.asyncProperty(
      fc.array(customers, { maxLength: 30 }),
      fc.integer({ min: 1, max: 10 }),
      async (keys, batchSize) => {
        const inputs = keys.map((key, index) => input(transaction(key, index)))
        const whole = await replay(counting, inputs, globalsWith(halving()))
        expect(await replay(counting, inputs, globalsWith(halving()), { batchSize })).toEqual(whole)
      },
    ),
    { numRuns: 50 },
  )
})

test('without a released model the score gives the reason', async () => {
  const [score] = valuesOf(await replay(counting, [input(transaction('c1', 1))], noGlobals))
  expect(score).toMatchObject({ probability: null, modelId: null, absent: 'No model is released for counting yet.' })
})

test('a model that was trained on other features is not used', async () => {
  const [score] = valuesOf(
    await replay(counting, [input(transaction('c1', 1))], globalsWith(halving('m', 'counting@2'))),
  )
  expect(score!.probability).toBeNull()
  expect(score!.absent).toContain('trained on counting@2')
})

test.each([
  ['another number of features', ['count', 'sum', 'more'], 'trained on 3 features of counting@1, and there are 2 now'],
  ['features in another order', ['sum', 'count'], 'has "sum" where the rows have "count"'],
])('a model of the same set with %s is not used either, and no run ends by it', async (_what, featureNames, why) => {
  const score = () => {
    throw new Error('It must not be asked.')
  }
  const model = { ...halving(), featureNames, score }
  const [published] = valuesOf(await replay(counting, [input(transaction('c1', 1))], globalsWith(model)))
  expect(published).toMatchObject({ probability: null, modelId: null })
  expect(published!.absent).toContain(why)
})

test.each(['refused', 'bug'])(
  'an event that the fold refuses (%s) leaves no trace, and the others are folded',
  async (category) => {
    const run = createReplay(counting)
    const inputs = [transaction('c1', 1), transaction('c1', 2, { category }), transaction('c1', 3)].map(input)
    const scores = valuesOf(await run.run(inputs, noGlobals))
    expect(scores.map(({ row }) => row)).toEqual([
      [1, 1],
      [2, 4],
    ])
    expect(run.refused.map(({ input, failure }) => [input.offset, failure.code])).toEqual([
      [1, category === 'bug' ? 'FOLD_FAILED' : 'INVALID'],
    ])
  },
)

test('an event whose id was seen before is dropped and counted', async () => {
  const run = createReplay(counting)
  const scores = await run.run(
    [transaction('c1', 1), transaction('c1', 1), transaction('c2', 1, { id: 't-c1-1' })].map(input),
    noGlobals,
  )
  expect(scores).toHaveLength(2)
  expect(run.duplicates).toBe(1)
})

test('timers fire with the clock, once, and moved timers fire at their new time', async () => {
  const run = createReplay(counting)
  const at = 1_700_000_000_000
  const tick = (minutes: number) => ({
    topic: clock,
    value: { id: `tick-${minutes}`, occurredAt: at + minutes * 60_000, source: 'test', partition: 0 },
  })
  await run.run([input(transaction('c1', 1)), input(transaction('c1', 2, { occurredAt: at + 300_000 }))], noGlobals)
  expect(await run.run([tick(11)], noGlobals)).toHaveLength(0)
  expect(valuesOf(await run.run([tick(15)], noGlobals)).map(({ subjectId }) => subjectId)).toEqual(['reminded'])
  expect(await run.run([tick(60)], noGlobals)).toHaveLength(0)
})

test('re-evaluation rescores every subject, under new ids', async () => {
  const run = createReplay(counting)
  await run.run([transaction('c1', 1), transaction('c2', 1), transaction('c2', 2)].map(input), noGlobals)
  const swept = valuesOf(await run.reevaluate(globalsWith(halving())))
  expect(swept.map(({ subjectId, probability, inputTopic }) => [subjectId, probability, inputTopic])).toEqual([
    ['c1', 0.5, null],
    ['c2', 1, null],
  ])
})
