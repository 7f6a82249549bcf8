import fc from 'fast-check'
import { priorityMerge } from '../../../processors/visits/priority-merge.ts'
import { LIST_LENGTH_MAX } from '../../../processors/visits/ranking.ts'
import { visitPriority } from '../../../processors/visits/visit-priority.ts'
import type { Standing } from '../../../schemas/visits/standings.ts'
import { createReplay, noGlobals, replay } from '../../../streams/replay/replay.ts'
import { inputsOf, listsOf, shares, standing } from '../priorities.ts'

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

const move = fc.record({
  opportunity: fc.integer({ min: 0, max: 60 }),
  salesperson: fc.integer({ min: 0, max: 3 }),
  probability: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 8 }),
  open: fc.boolean(),
})

test('the lists of teams and of all are what sorting everything that is open would give', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 80 }), fc.integer({ min: 1, max: 20 }), async (moves, batchSize) => {
      // Two salespeople in each of two teams; an opportunity keeps the salesperson of its number.
      const events = moves.map(({ opportunity, probability, open }) =>
        standing(`o${opportunity}`, probability, {
          salespersonId: `s${opportunity % 4}`,
          teamId: `t${opportunity % 2}`,
          open,
        }),
      )
      const published = await replay(visitPriority, replayed(events), noGlobals, { batchSize })
      const merged = listsOf(await replay(priorityMerge, inputsOf(published, shares), noGlobals, { batchSize }))

      const open = new Map<string, Standing>()
      for (const { value } of events as { value: Standing }[]) {
        if (value.open && value.probability !== null) open.set(value.opportunityId, value)
        else open.delete(value.opportunityId)
      }
      const sorted = (team?: string) =>
        [...open.values()]
          .filter(({ teamId }) => team === undefined || teamId === team)
          .sort((a, b) => b.probability! - a.probability! || (a.opportunityId < b.opportunityId ? -1 : 1))
          .slice(0, LIST_LENGTH_MAX)
      expect(idsOf(merged.get('overall:all')?.entries ?? [])).toEqual(idsOf(sorted()))
      for (const team of ['t0', 't1'])
        expect(idsOf(merged.get(`team:${team}`)?.entries ?? [])).toEqual(idsOf(sorted(team)))
    }),
    { numRuns: 60 },
  )
})
