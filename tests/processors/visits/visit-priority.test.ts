import fc from 'fast-check'
import { priorityMerge } from '../../../processors/visits/priority-merge.ts'
import { LIST_LENGTH_MAX } from '../../../processors/visits/ranking.ts'
import { visitPriority } from '../../../processors/visits/visit-priority.ts'
import type { Priority, PriorityShare } from '../../../schemas/visits/priorities.ts'
import { standings, type Standing } from '../../../schemas/visits/standings.ts'
import { createReplay, noGlobals, replay } from '../../../streams/replay/replay.ts'
import { inputsOf, listsOf, outlook, shares, standing } from '../priorities.ts'
import { DAY_MS, START } from '../scoring-fixtures.ts'

const idsOf = (entries: readonly { readonly opportunityId: string }[]) =>
  entries.map(({ opportunityId }) => opportunityId)
const replayed = (messages: readonly ReturnType<typeof standing>[]) =>
  messages.map(({ topic, value }) => ({ topic, value }))

test('a list is published best first, and only when it changes', async () => {
  const run = createReplay(visitPriority)
  const first = await run.run(replayed([standing('o1', 0.2), standing('o2', 0.9), standing('o3', null)]), noGlobals)
  expect(idsOf(listsOf(first).get('salesperson:s1')!.entries)).toEqual(['o2', 'o1'])
  expect(await run.run(replayed([standing('o1', 0.2)]), noGlobals)).toEqual([])
  const closed = await run.run(replayed([standing('o2', 0.9, { open: false })]), noGlobals)
  expect(idsOf(listsOf(closed).get('salesperson:s1')!.entries)).toEqual(['o1'])
  const empty = await run.run(replayed([standing('o1', 0.2, { open: false })]), noGlobals)
  expect(listsOf(empty).get('salesperson:s1')).toMatchObject({ entries: [], openCount: 0 })
})

test('both orders exist side by side: by probability and by expected value', async () => {
  const run = createReplay(visitPriority)
  const first = standing('o1', 0.9, { outlook: outlook(10) })
  const second = standing('o2', 0.2, { outlook: outlook(999) })
  const told = await run.run(replayed([first, second, standing('o3', 0.9, { outlook: outlook(10) })]), noGlobals)
  expect(
    listsOf(told)
      .get('salesperson:s1')!
      .entries.map(({ opportunityId, rank, valueRank }) => [opportunityId, rank, valueRank]),
  ).toEqual([
    ['o1', 1, 2],
    ['o3', 2, 3],
    ['o2', 3, 1],
  ])
})

test('a standing of an older version, without an outlook, is ranked by probability only', async () => {
  const old = standing('o1', 0.9, { outlook: null })
  const told = await createReplay(visitPriority).run(replayed([old, standing('o2', 0.2)]), noGlobals)
  expect(listsOf(told).get('salesperson:s1')!.entries).toMatchObject([
    { opportunityId: 'o1', rank: 1, valueRank: null },
    { opportunityId: 'o2', rank: 2, valueRank: 1 },
  ])
})

test('an opportunity that changes its team leaves the previous team’s list, and no other does', async () => {
  const run = createReplay(visitPriority)
  const merge = createReplay(priorityMerge)
  const merged = async (messages: Parameters<typeof replayed>[0]) =>
    listsOf(await merge.run(inputsOf(await run.run(replayed(messages), noGlobals), shares), noGlobals))
  const first = await merged([standing('o1', 0.5), standing('o2', 0.4)])
  expect(idsOf(first.get('team:t1')!.entries)).toEqual(['o1', 'o2'])
  const moved = await merged([standing('o1', 0.5, { teamId: 't2', id: 'moved' })])
  expect(idsOf(moved.get('team:t1')!.entries)).toEqual(['o2'])
  expect(idsOf(moved.get('team:t2')!.entries)).toEqual(['o1'])
  // All entries still belong to the salesperson.
  expect(moved.get('overall:all')).toBeUndefined()
  const gone = await merged([standing('o2', 0.4, { open: false, id: 'closed' })])
  expect(gone.get('team:t1')).toMatchObject({ entries: [], openCount: 0 })
  expect(idsOf(gone.get('overall:all')!.entries)).toEqual(['o1'])
})

test('a list gets all entries once a day, and only changes in between', async () => {
  const run = createReplay(visitPriority)
  const sharedBy = async (...told: Parameters<typeof replayed>[0]) =>
    inputsOf(await run.run(replayed(told), noGlobals), shares).map(({ value }) => {
      const { scope, entries, isWhole, goneIds, openCount } = value as PriorityShare
      return { scope, ids: idsOf(entries), isWhole, goneIds, openCount }
    })
  const both = (share: object) => [
    { scope: 'overall', ...share },
    { scope: 'team', ...share },
  ]
  const first = await sharedBy(standing('o1', 0.5), standing('o2', 0.4), standing('o3', 0.3))
  expect(first).toEqual(both({ ids: ['o1', 'o2', 'o3'], isWhole: true, goneIds: [], openCount: 3 }))
  const moved = await sharedBy(standing('o3', 0.9, { id: 'moved' }))
  expect(moved).toEqual(both({ ids: ['o3'], isWhole: false, goneIds: [], openCount: 3 }))
  const closed = await sharedBy(standing('o1', 0.5, { open: false, id: 'closed' }))
  expect(closed).toEqual(both({ ids: [], isWhole: false, goneIds: ['o1'], openCount: 2 }))
  const nextDay = await sharedBy(standing('o2', 0.1, { id: 'next day', occurredAt: START + DAY_MS }))
  expect(nextDay).toEqual(both({ ids: ['o3', 'o2'], isWhole: true, goneIds: [], openCount: 2 }))
})

const move = fc.record({
  opportunity: fc.integer({ min: 0, max: 60 }),
  salesperson: fc.integer({ min: 0, max: 3 }),
  team: fc.constantFrom(null, 't0', 't1'),
  probability: fc.option(fc.constantFrom(0, 0.2, 0.20001, 0.7, 1), { freq: 8 }),
  value: fc.integer({ min: -2, max: 2 }),
  open: fc.boolean(),
})

/** Returns the result of sorting all open opportunities, by either order. */
function naive(open: readonly Standing[]) {
  const byId = (a: Standing, b: Standing) => (a.opportunityId < b.opportunityId ? -1 : 1)
  const byProbability = (a: Standing, b: Standing) => b.probability! - a.probability! || byId(a, b)
  const byValue = (a: Standing, b: Standing) =>
    b.outlook!.expectedValueMinor - a.outlook!.expectedValueMinor || byProbability(a, b)
  return {
    probability: idsOf(open.toSorted(byProbability).slice(0, LIST_LENGTH_MAX)),
    value: idsOf(open.toSorted(byValue).slice(0, LIST_LENGTH_MAX)),
  }
}

function ordersOf(list: Priority | undefined) {
  const ranked = (by: 'rank' | 'valueRank') =>
    (list?.entries ?? []).filter((entry) => entry[by] !== null).sort((a, b) => a[by]! - b[by]!)
  return { probability: idsOf(ranked('rank')), value: idsOf(ranked('valueRank')) }
}

test('whatever opens, closes, moves and changes hands: the lists equal those from sorting everything that is open', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 80 }), fc.integer({ min: 1, max: 20 }), async (moves, batchSize) => {
      const open = new Map<string, Standing>()
      const events: Standing[] = []
      for (const [index, { opportunity, salesperson, team, probability, value, open: stands }] of moves.entries()) {
        const id = `o${opportunity}`
        const salespersonId = `s${salesperson}`
        const before = open.get(id)
        // The processor before it withdraws the opportunity from the previous salesperson first.
        if (before !== undefined && before.salespersonId !== salespersonId)
          events.push({ ...before, id: `${index}/withdrawn`, open: false, outlook: null })
        const changes = { id: String(index), salespersonId, teamId: team, open: stands, outlook: outlook(value) }
        const now = standing(id, probability, changes).value as Standing
        events.push(now)
        if (stands && probability !== null) open.set(id, now)
        else open.delete(id)
      }
      const inputs = events.map((value) => ({ topic: standings, value }))
      const published = await replay(visitPriority, inputs, noGlobals, { batchSize })
      const lists = listsOf(published)
      const merged = listsOf(await replay(priorityMerge, inputsOf(published, shares), noGlobals, { batchSize }))
      const of = (holds: (one: Standing) => boolean) => [...open.values()].filter(holds)
      expect(ordersOf(merged.get('overall:all'))).toEqual(naive([...open.values()]))
      expect(merged.get('overall:all')?.openCount ?? 0).toBe(open.size)
      for (const team of ['t0', 't1']) {
        const own = of(({ teamId }) => teamId === team)
        expect(ordersOf(merged.get(`team:${team}`))).toEqual(naive(own))
        expect(merged.get(`team:${team}`)?.openCount ?? 0).toBe(own.length)
      }
      for (const person of ['s0', 's1', 's2', 's3'])
        expect(ordersOf(lists.get(`salesperson:${person}`))).toEqual(naive(of((one) => one.salespersonId === person)))
    }),
    { numRuns: 80 },
  )
})
