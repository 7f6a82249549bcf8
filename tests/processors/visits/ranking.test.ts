import fc from 'fast-check'
import { best, bestByTeam, LIST_LENGTH_MAX, rank, rankingKinds, unrank } from '../../../processors/visits/ranking.ts'
import type { PriorityEntry } from '../../../schemas/visits/priorities.ts'
import { memoryStore } from '../../../streams/state/memory-store.ts'
import { createTaskState } from '../../../streams/state/task-state.ts'
import { outlook } from '../priorities.ts'

/** Ids that are prefixes of each other, and few numbers, so that ties are common. */
const step = fc.record({
  id: fc.oneof(fc.constantFrom('o', 'o!', 'o1', 'o10', 'o2', '客', 'o/1'), fc.stringMatching(/^o[0-9]{1,3}$/)),
  salespersonId: fc.constantFrom('s1', 's2'),
  probability: fc.constantFrom(0, 0.1, 0.1 + Number.EPSILON, 0.5, 1),
  value: fc.option(
    fc.oneof(fc.constantFrom(-30_000, -0.5, 0, 1, 2, 1e12), fc.double({ noNaN: true, min: -1e15, max: 1e15 })),
  ),
  teamId: fc.constantFrom(null, 't1', 't2', 't1/x'),
  out: fc.boolean(),
})

const entryOf = ({ id, salespersonId, probability, value }: typeof step extends fc.Arbitrary<infer S> ? S : never) =>
  ({
    opportunityId: id,
    customerId: 'c',
    salespersonId,
    probability,
    scoredAt: 0,
    rank: null,
    valueRank: null,
    outlook: value === null ? null : outlook(value),
  }) satisfies PriorityEntry

/** Compares by the opportunity’s id, then by the salesperson’s. */
const byId = (one: PriorityEntry, other: PriorityEntry) =>
  `${one.opportunityId}\u0002${one.salespersonId}` < `${other.opportunityId}\u0002${other.salespersonId}` ? -1 : 1
const byProbability = (one: PriorityEntry, other: PriorityEntry) =>
  other.probability - one.probability || byId(one, other)
const byValue = (one: PriorityEntry, other: PriorityEntry) =>
  other.outlook!.expectedValueMinor - one.outlook!.expectedValueMinor || byProbability(one, other)

/** Returns the result of sorting all entries. */
function naive(entries: readonly PriorityEntry[]): PriorityEntry[] {
  const places = (sorted: readonly PriorityEntry[]) =>
    new Map(sorted.slice(0, LIST_LENGTH_MAX).map((entry, index) => [entry, index + 1]))
  const ranks = places(entries.toSorted(byProbability))
  const valueRanks = places(entries.filter((entry) => entry.outlook !== null).sort(byValue))
  return entries
    .filter((entry) => ranks.has(entry) || valueRanks.has(entry))
    .sort(byProbability)
    .map((entry) => ({ ...entry, rank: ranks.get(entry) ?? null, valueRank: valueRanks.get(entry) ?? null }))
}

const newMemory = () =>
  createTaskState(memoryStore(), { state: rankingKinds }, { cachedRecordsMax: Number.POSITIVE_INFINITY }).keyedState(
    's1',
  )

test('the ranking equals sorting by either order, overall and for each team', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const memory = newMemory()
      const plain = new Map<string, { entry: PriorityEntry; teamId: string | null }>()
      for (const one of steps) {
        const key = `${one.id} ${one.salespersonId}`
        const entry = entryOf(one)
        if (one.out) expect(unrank(memory, entry)).toBe(plain.delete(key))
        else {
          rank(memory, entry, one.teamId)
          plain.set(key, { entry, teamId: one.teamId })
        }
      }
      const all = [...plain.values()]
      expect(best(memory)).toMatchObject({
        entries: naive(all.map(({ entry }) => entry)),
        openCount: all.length,
      })
      const teams = new Set(all.flatMap(({ teamId }) => teamId ?? []))
      const byTeam = bestByTeam(memory)
      expect(new Set(byTeam.keys())).toEqual(teams)
      for (const team of teams) {
        const own = all.filter(({ teamId }) => teamId === team)
        expect(byTeam.get(team)).toMatchObject({
          entries: naive(own.map(({ entry }) => entry)),
          openCount: own.length,
        })
      }
    }),
    { numRuns: 100 },
  )
})

test('a list of more than a hundred has the best of both orders; entries of one order only lack the other rank', () => {
  const memory = newMemory()
  // The higher the probability, the lower the expected value.
  for (let index = 0; index < 250; index++) {
    const number = String(index).padStart(3, '0')
    const of = { id: `o${number}`, salespersonId: 's1', probability: index / 250, value: -index, teamId: null }
    rank(memory, entryOf({ ...of, out: false } as never), null)
  }
  const { entries, openCount } = best(memory)
  expect(openCount).toBe(250)
  expect(entries).toHaveLength(2 * LIST_LENGTH_MAX)
  expect(entries[0]).toMatchObject({ opportunityId: 'o249', rank: 1, valueRank: null })
  expect(entries.at(-1)).toMatchObject({ opportunityId: 'o000', rank: null, valueRank: 1 })
})

test('the digest distinguishes lists, and equal lists have equal digests however they came about', () => {
  const [memory, other] = [newMemory(), newMemory()]
  const of = { salespersonId: 's1', value: 5, teamId: null, out: false } as const
  const [one, two] = [entryOf({ ...of, id: 'o1', probability: 0.5 }), entryOf({ ...of, id: 'o2', probability: 0.1 })]
  rank(memory, one, null)
  const before = best(memory).digest
  rank(memory, two, null)
  expect(best(memory).digest).not.toBe(before)
  rank(other, two, null)
  rank(other, one, null)
  expect(best(other).digest).toBe(best(memory).digest)
  unrank(memory, two)
  expect(best(memory).digest).toBe(before)
  rank(memory, { ...one, outlook: outlook(5, { reasons: ['Something else.'] }) }, null)
  expect(best(memory).digest).not.toBe(before)
})
