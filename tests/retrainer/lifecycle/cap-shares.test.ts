import fc from 'fast-check'
import { capShares } from '../../../retrainer/lifecycle/cap-shares.ts'

type Row = Parameters<typeof capShares>[0][number]

const row = (index: number, outcomeSource: string | null, reviewer: string | null = null): Row => ({
  ...{ labelId: `l${index}`, customerId: `c${index}`, outcomeSource, reviewer },
})
const of = (counts: Readonly<Record<string, number>>, unnamed = 0): Row[] => [
  ...Object.entries(counts).flatMap(([name, count]) => Array.from({ length: count }, (_, n) => row(n, name))),
  ...Array.from({ length: unnamed }, (_, n) => row(n, null)),
]
const countsOf = (rows: readonly Row[]) =>
  Object.fromEntries(
    [...Map.groupBy(rows, ({ outcomeSource }) => outcomeSource)].map(([name, { length }]) => [name, length]),
  )
const caps = (sourceShareMax: number, referenceSources: readonly string[] = []) => ({
  ...{ sourceShareMax, reviewerShareMax: 1, referenceSources },
})

test('a source that floods keeps its share of what remains', () => {
  expect(countsOf(capShares(of({ crm: 100, partner: 100_000 }), caps(0.5)))).toEqual({ crm: 100, partner: 100 })
  expect(countsOf(capShares(of({ crm: 100, partner: 900 }, 100), caps(0.5)))).toEqual({
    crm: 100,
    partner: 200,
    null: 100,
  })
})

test('a cap below an equal share of each counts as that; without caps all labels stay', () => {
  expect(countsOf(capShares(of({ crm: 30, partner: 90 }), caps(0.2)))).toEqual({ crm: 30, partner: 30 })
  expect(capShares(of({ crm: 30 }), caps(0.2))).toHaveLength(30)
  expect(capShares(of({ crm: 30, partner: 90 }), caps(1))).toHaveLength(120)
})

test('sources of the reference are not capped, and count among all', () => {
  const kept = capShares(of({ crm: 900, partner: 100_000, desk: 3 }), caps(0.05, ['crm']))
  expect(countsOf(kept)).toEqual({ crm: 900, partner: 47, desk: 3 })
})

test('whatever the labels: both caps hold, the order stays, and the same labels give the same rows', () => {
  const names = fc.constantFrom('a', 'b', 'c', null)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(names, names), { maxLength: 150 }),
      fc.constantFrom(0.3, 0.5, 0.8),
      fc.constantFrom(0.4, 0.6, 1),
      (drawn, sourceShareMax, reviewerShareMax) => {
        const rows = drawn.map(([source, reviewer], index) => row(index, source, reviewer))
        const kept = capShares(rows, { referenceSources: [], sourceShareMax, reviewerShareMax })
        expect(kept).toEqual(rows.filter((one) => kept.includes(one)))
        expect(capShares(rows, { referenceSources: [], sourceShareMax, reviewerShareMax })).toEqual(kept)
        for (const [nameOf, cap] of [
          [({ outcomeSource }: Row) => outcomeSource, sourceShareMax],
          [({ reviewer }: Row) => reviewer, reviewerShareMax],
        ] as const) {
          const groups = Map.groupBy(kept, nameOf)
          const named = [...groups].filter(([name]) => name !== null)
          const share = groups.has(null) ? cap : Math.max(cap, 1 / named.length)
          for (const [, { length }] of named) expect(length).toBeLessThanOrEqual(share * kept.length + 1e-6)
        }
      },
    ),
  )
})
