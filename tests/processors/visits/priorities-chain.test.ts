import fc from 'fast-check'
import { defaultPlanning } from '../../../processors/visits/planning/default-planning.ts'
import { outlookOf } from '../../../processors/visits/planning/outlook.ts'
import { opportunityStandings } from '../../../processors/visits/opportunity-standings.ts'
import { priorityMerge } from '../../../processors/visits/priority-merge.ts'
import { visitPriority } from '../../../processors/visits/visit-priority.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import { clock } from '../../../schemas/platform/clock.ts'
import type { Priority } from '../../../schemas/visits/priorities.ts'
import { standings } from '../../../schemas/visits/standings.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { opportunities, type Opportunity } from '../../../schemas/visits/visits.ts'
import { noGlobals, replay, type ReplayInput } from '../../../streams/replay/replay.ts'
import { inputsOf, listsOf, shares } from '../priorities.ts'
import { DAY_MS, opportunity, score, START } from '../scoring-fixtures.ts'

const NAMES = ['o1', 'o2', 'o3', 'o4']
const END = 130

const change = fc.record({
  opportunityId: fc.constantFrom(...NAMES),
  day: fc.integer({ min: 0, max: 100 }),
  salespersonId: fc.constantFrom('s1', 's2'),
  teamId: fc.constantFrom(null, 't1', 't2'),
  status: fc.constantFrom('open', 'open', 'open', 'won', 'lost', 'deleted'),
  valueMinor: fc.option(fc.constantFrom(100_000, 900_000, 50_000_000), { freq: 3 }),
  currency: fc.constantFrom('CNY', 'EUR'),
  plannedCloseDay: fc.option(fc.integer({ min: 0, max: 200 })),
  probability: fc.option(fc.constantFrom(0.1, 0.5, 0.9), { freq: 6 }),
  isScore: fc.boolean(),
})
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never

/** Returns events in order of time; the revisions of an opportunity and its visits are numbered. */
function eventsOf(changes: readonly Change[]) {
  const counts = new Map<string, { scores: number; revisions: number }>()
  return changes
    .toSorted((one, other) => one.day - other.day)
    .map((one) => {
      const { opportunityId, salespersonId, probability, day, plannedCloseDay } = one
      const count = counts.get(opportunityId) ?? { scores: 0, revisions: 0 }
      counts.set(opportunityId, count)
      const occurredAt = START + day * DAY_MS
      const about = { opportunityId, salespersonId, occurredAt }
      if (one.isScore) {
        const visits = ++count.scores
        const id = `${opportunityId}/score/${visits}`
        return { kind: 'score', value: score(visits, probability, { ...about, id, subjectId: opportunityId }) } as const
      }
      const { teamId, status, valueMinor, currency } = one
      const plannedCloseAt = plannedCloseDay === null ? null : START + plannedCloseDay * DAY_MS
      const fields = { ...about, teamId, status, valueMinor, currency, plannedCloseAt }
      return { kind: 'opportunity', value: opportunity(count.revisions++, fields) } as const
    })
}

interface Expected {
  readonly opportunityId: string
  readonly salespersonId: string
  readonly teamId: string | null
  readonly probability: number
  readonly expectedValueMinor: number
}

/** Computes the expected final lists from the last score and the last revision of each opportunity alone. */
function naive(events: ReturnType<typeof eventsOf>): Expected[] {
  return NAMES.flatMap((opportunityId) => {
    const of = events.filter(({ value }) => value.opportunityId === opportunityId)
    const told = of.findLast(({ kind }) => kind === 'opportunity')?.value as Opportunity | undefined
    const scored = of.findLast(({ kind }) => kind === 'score')?.value as Score | undefined
    const salespersonId = told?.salespersonId ?? scored?.salespersonId ?? null
    if (salespersonId === null || (told !== undefined && told.status !== 'open')) return []
    const found = outlookOf(
      {
        at: START + END * DAY_MS,
        probability: scored?.probability ?? null,
        trend: null,
        visitCount: scored?.visitCount ?? 0,
        visitsInMonth: null,
        lastVisitAt: scored?.occurredAt ?? null,
        plannedCloseAt: told?.plannedCloseAt ?? null,
        stage: null,
        valueMinor: told?.valueMinor ?? null,
        currency: told?.currency ?? null,
        agreed: null,
      },
      defaultPlanning,
    )
    if (found === undefined) return []
    const { probability, outlook } = found
    const { expectedValueMinor } = outlook
    return [{ opportunityId, salespersonId, teamId: told?.teamId ?? null, probability, expectedValueMinor }]
  })
}

const byProbability = (a: Expected, b: Expected) =>
  b.probability - a.probability || (a.opportunityId < b.opportunityId ? -1 : 1)
const byValue = (a: Expected, b: Expected) => b.expectedValueMinor - a.expectedValueMinor || byProbability(a, b)

function sorted(expected: readonly Expected[]) {
  const valueRanks = new Map(expected.toSorted(byValue).map((one, index) => [one, index + 1]))
  return expected.toSorted(byProbability).map((one, index) => {
    const { opportunityId, probability, expectedValueMinor } = one
    return { opportunityId, rank: index + 1, valueRank: valueRanks.get(one), probability, expectedValueMinor }
  })
}

function shown(list: Priority | undefined) {
  return (list?.entries ?? []).map(({ opportunityId, rank, valueRank, probability, outlook }) => {
    return { opportunityId, rank, valueRank, probability, expectedValueMinor: outlook!.expectedValueMinor }
  })
}

test('from scores, revisions and time alone, every list equals that of a naive computation at the end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 25 }),
      fc.integer({ min: 1, max: 10 }),
      async (changes, batchSize) => {
        const events = eventsOf(changes)
        const inputs: ReplayInput[] = events.map(({ kind, value }) =>
          kind === 'score' ? { topic: scores, value } : { topic: opportunities, value },
        )
        // Enough ticks for all day boundaries that can be due.
        for (let tick = 0; tick < 60; tick++) {
          const value = { id: `tick/${tick}`, occurredAt: START + END * DAY_MS, source: 'test', partition: 0 }
          inputs.push({ topic: clock, value })
        }
        const stood = await replay(opportunityStandings, inputs, noGlobals, { batchSize })
        const own = await replay(visitPriority, inputsOf(stood, standings as Topic), noGlobals, { batchSize })
        const lists = listsOf(own)
        const merged = listsOf(await replay(priorityMerge, inputsOf(own, shares), noGlobals, { batchSize }))
        const expected = naive(events)
        expect(shown(merged.get('overall:all'))).toEqual(sorted(expected))
        for (const person of ['s1', 's2'])
          expect(shown(lists.get(`salesperson:${person}`))).toEqual(
            sorted(expected.filter(({ salespersonId }) => salespersonId === person)),
          )
        for (const team of ['t1', 't2'])
          expect(shown(merged.get(`team:${team}`))).toEqual(sorted(expected.filter(({ teamId }) => teamId === team)))
      },
    ),
    { numRuns: 60 },
  )
})
