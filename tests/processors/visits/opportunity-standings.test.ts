import fc from 'fast-check'
import { defaultPlanning } from '../../../processors/visits/planning/default-planning.ts'
import { opportunityStandings } from '../../../processors/visits/opportunity-standings.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { clock } from '../../../schemas/platform/clock.ts'
import { message } from '../../../schemas/topic.ts'
import { planning } from '../../../schemas/visits/planning.ts'
import type { Standing } from '../../../schemas/visits/standings.ts'
import { opportunities } from '../../../schemas/visits/visits.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../streams/replay/replay.ts'
import { DAY_MS, globals, opportunity, score, START } from '../scoring-fixtures.ts'

const scored = (value: ReturnType<typeof score>): ReplayInput => ({ topic: scores, value })
const changed = (value: ReturnType<typeof opportunity>): ReplayInput => ({ topic: opportunities, value })
const tick = (day: number): ReplayInput => {
  const occurredAt = START + day * DAY_MS
  return { topic: clock, value: { id: `tick/${day}`, occurredAt, source: 'test', partition: 0 } }
}
const standingsOf = (messages: readonly { readonly value: unknown }[]) => messages.map(({ value }) => value as Standing)
const told = (messages: readonly { readonly value: unknown }[]) =>
  standingsOf(messages).map(({ salespersonId, open, probability }) => [salespersonId, open, probability])

test('a standing follows its score, moves with a new salesperson and is withdrawn on closing, each once', async () => {
  const run = createReplay(opportunityStandings)
  expect(
    told(await run.run([changed(opportunity(0)), scored(score(1, 0.4)), scored(score(1, 0.4))], noGlobals)),
  ).toEqual([
    ['s1', true, defaultPlanning.probabilityIfUnvisited],
    ['s1', true, 0.4],
  ])
  expect(told(await run.run([changed(opportunity(2, { salespersonId: 's2' }))], noGlobals))).toEqual([
    ['s1', false, 0.4],
    ['s2', true, 0.4],
  ])
  expect(told(await run.run([changed(opportunity(3, { salespersonId: 's2', status: 'deleted' }))], noGlobals))).toEqual(
    [['s2', false, 0.4]],
  )
  expect(await run.run([scored(score(9, 0.9))], noGlobals)).toEqual([])
})

test('an unvisited opportunity has the assumed probability until it is scored', async () => {
  const run = createReplay(opportunityStandings)
  const [first] = standingsOf(await run.run([changed(opportunity(0))], noGlobals))
  expect(first).toMatchObject({
    probability: defaultPlanning.probabilityIfUnvisited,
    outlook: { probabilityAssumed: true, lastVisitAt: null, action: { code: 'first-visit' } },
  })
  const [second] = standingsOf(await run.run([scored(score(1, 0.3))], noGlobals))
  expect(second).toMatchObject({ probability: 0.3, outlook: { probabilityAssumed: false, trend: null } })
  // The opportunity was visited, but no model has scored it: it is on no list.
  const [unscored] = standingsOf(await run.run([scored(score(2, null))], noGlobals))
  expect(unscored).toMatchObject({ open: true, probability: null, outlook: null })
})

test('without remaining visits an opportunity counts as never visited, and is on no list if only its visits are known', async () => {
  const told = createReplay(opportunityStandings)
  await told.run([changed(opportunity(0)), scored(score(1, 0.3))], noGlobals)
  const withdrawn = scored(score(0, null, { salespersonId: null }))
  expect(standingsOf(await told.run([withdrawn], noGlobals))).toMatchObject([
    { open: true, outlook: { probabilityAssumed: true, lastVisitAt: null, visitCount: 0 } },
  ])
  const unknown = createReplay(opportunityStandings)
  await unknown.run([scored(score(1, 0.3))], noGlobals)
  expect(standingsOf(await unknown.run([withdrawn], noGlobals))).toMatchObject([
    { salespersonId: 's1', open: false, outlook: null },
  ])
})

test('the trend is the change by the last visit; a corrected visit and scores of another model are not a change', async () => {
  const run = createReplay(opportunityStandings)
  const trend = async (...events: readonly ReturnType<typeof score>[]) =>
    standingsOf(await run.run(events.map(scored), noGlobals)).at(-1)?.outlook?.trend
  expect(await trend(score(1, 0.25, { modelId: 'a' }))).toBeNull()
  expect(await trend(score(2, 0.75, { modelId: 'a' }))).toBe(0.5)
  expect(await trend(score(2, 0.5, { modelId: 'a' }))).toBe(0.25)
  expect(await trend(score(2, 0.9, { modelId: 'b' }))).toBeNull()
  expect(await trend(score(3, 0.4, { modelId: 'b' }))).toBeCloseTo(-0.5)
})

test('after a visit is withdrawn the score of the others applies, although it is older', async () => {
  const run = createReplay(opportunityStandings)
  await run.run([scored(score(4, 0.4)), scored(score(5, 0.9))], noGlobals)
  const [after] = standingsOf(await run.run([scored({ ...score(4, 0.4), id: 'again' })], noGlobals))
  expect(after).toMatchObject({ probability: 0.4, outlook: { visitCount: 4, lastVisitAt: START + 4 * DAY_MS } })
})

test('scores of other tasks change nothing', async () => {
  const run = createReplay(opportunityStandings)
  await run.run([scored(score(5, 0.5))], noGlobals)
  expect(await run.run([scored(score(6, 0.9, { task: 'loan-demand' }))], noGlobals)).toEqual([])
})

test('as time passes it is published when its urgency changes, and not in between', async () => {
  const run = createReplay(opportunityStandings)
  await run.run([changed(opportunity(0)), scored(score(1, 0.4))], noGlobals)
  const days: [number, number | undefined][] = []
  for (let day = 1; day < 500; day++)
    for (const { outlook, occurredAt } of standingsOf(await run.run([tick(day + 0.5)], noGlobals)))
      days.push([(occurredAt - START) / DAY_MS - 1, outlook?.urgency])
  expect(days).toEqual([
    [3, 0.7],
    [7, 1],
    [14, 1.2],
    [21, 1.2],
    [30, 1.4],
    [45, 1.4],
    [60, 1.4],
    [90, 1],
    [120, 1],
    [180, 0.6],
    [365, 0.6],
  ])
  await run.run([changed(opportunity(600, { status: 'lost' }))], noGlobals)
  expect(await run.run([tick(2_000)], noGlobals)).toEqual([])
})

test('a changed setting revalues everything that is open', async () => {
  const run = createReplay(opportunityStandings)
  await run.run([changed(opportunity(0, { valueMinor: 100_00, currency: 'USD' })), scored(score(1, 0.5))], noGlobals)
  const set = { id: 's', occurredAt: 0, source: 'api', name: 'visits', version: 1, changedBy: 'test' }
  const settings = [message(planning, { ...defaultPlanning, ...set, rates: { USD: 7 }, visitCostMinor: 0 })]
  const [after] = standingsOf(await run.reevaluate(globals({ settings })))
  expect(after).toMatchObject({
    outlook: { worthMinor: 700_00, worthFrom: 'converted', expectedValueMinor: 0.5 * 700_00 * 0.3 },
  })
  expect(await run.reevaluate(globals({ settings }))).toEqual([])
})

test('scores and changes in any order lead to the same result', async () => {
  const ofScores = [scored(score(1, 0.1)), scored(score(2, 0.2)), scored(score(4, 0.4))]
  const changes = [
    changed(opportunity(0)),
    changed(opportunity(1, { salespersonId: 's2' })),
    changed(opportunity(3, { salespersonId: 's3' })),
  ]
  const standing = async (inputs: readonly ReplayInput[]) => {
    const open = new Map<string, number | null>()
    for (const { salespersonId, open: stands, probability } of standingsOf(
      await createReplay(opportunityStandings).run(inputs, noGlobals),
    )) {
      if (stands) open.set(salespersonId, probability)
      else open.delete(salespersonId)
    }
    return [...open]
  }
  const orders = fc.tuple(
    fc.shuffledSubarray(changes, { minLength: changes.length }),
    fc.shuffledSubarray([0, 0, 0, 1, 1, 1], { minLength: 6 }),
  )
  await fc.assert(
    // Scores arrive in the order in which they were published.
    fc.asyncProperty(orders, async ([shuffled, from]) => {
      const waiting = [[...ofScores], [...shuffled]]
      expect(await standing(from.map((one) => waiting[one]!.shift()!))).toEqual([['s3', 0.4]])
    }),
    { numRuns: 60 },
  )
})
