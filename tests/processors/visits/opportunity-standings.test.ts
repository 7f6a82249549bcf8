import fc from 'fast-check'
import { opportunityStandings } from '../../../processors/visits/opportunity-standings.ts'
import { scores } from '../../../schemas/models/scores.ts'
import type { Standing } from '../../../schemas/visits/standings.ts'
import { opportunities } from '../../../schemas/visits/visits.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../streams/replay/replay.ts'
import { opportunity, score } from '../scoring-fixtures.ts'

const scored = (value: ReturnType<typeof score>): ReplayInput => ({ topic: scores, value })
const changed = (value: ReturnType<typeof opportunity>): ReplayInput => ({ topic: opportunities, value })
const told = (messages: readonly { readonly value: unknown }[]) =>
  messages
    .map(({ value }) => value as Standing)
    .map(({ salespersonId, open, probability }) => [salespersonId, open, probability])

test('a standing follows its score, moves with a new salesperson and is withdrawn on closing, each once', async () => {
  const run = createReplay(opportunityStandings)
  expect(
    told(await run.run([changed(opportunity(0)), scored(score(1, 0.4)), scored(score(1, 0.4))], noGlobals)),
  ).toEqual([['s1', true, 0.4]])
  expect(told(await run.run([changed(opportunity(2, { salespersonId: 's2' }))], noGlobals))).toEqual([
    ['s1', false, 0.4],
    ['s2', true, 0.4],
  ])
  expect(told(await run.run([changed(opportunity(3, { salespersonId: 's2', status: 'lost' }))], noGlobals))).toEqual([
    ['s2', false, 0.4],
  ])
  expect(await run.run([scored(score(9, 0.9))], noGlobals)).toEqual([])
})

test('scores of other tasks and older scores change nothing', async () => {
  const run = createReplay(opportunityStandings)
  await run.run([scored(score(5, 0.5))], noGlobals)
  expect(await run.run([scored(score(2, 0.1)), scored(score(6, 0.9, { task: 'loan-demand' }))], noGlobals)).toEqual([])
})

test('in whatever order scores and changes come, what stands at last is the same', async () => {
  const events = [
    scored(score(1, 0.1)),
    scored(score(2, 0.2)),
    scored(score(4, 0.4)),
    changed(opportunity(0)),
    changed(opportunity(1, { salespersonId: 's2' })),
    changed(opportunity(3, { salespersonId: 's3' })),
  ]
  const standing = async (inputs: readonly ReplayInput[]) => {
    const open = new Map<string, number | null>()
    for (const { value } of await createReplay(opportunityStandings).run(inputs, noGlobals)) {
      const { salespersonId, open: stands, probability } = value as Standing
      if (stands) open.set(salespersonId, probability)
      else open.delete(salespersonId)
    }
    return [...open]
  }
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(events, { minLength: events.length }), async (shuffled) => {
      expect(await standing(shuffled)).toEqual([['s3', 0.4]])
    }),
    { numRuns: 60 },
  )
})
