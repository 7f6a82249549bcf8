import fc from 'fast-check'
import type { VisitFacts } from '../../../../features/visits/visit-facts.ts'
import {
  columnsOf,
  enteredWithin,
  equalPositions,
  markedAround,
  PLACED,
  visitsIn,
  withVisit,
  type VisitColumns,
} from '../../../../processors/visits/evidence/visit-columns.ts'
import { facts } from './facts.ts'

const visit = fc
  .record({
    number: fc.nat(30),
    at: fc.nat(5),
    latitude: fc.option(fc.integer({ min: 28, max: 32 })),
    entered: fc.option(fc.nat(9)),
    salespersonId: fc.constantFrom('s1', 's2'),
  })
  .map(({ number, at, latitude, entered: enteredAt, salespersonId }): VisitFacts => ({
    ...facts(`v${number}`),
    ...{ at, salespersonId, enteredAt },
    checkIn: latitude === null ? null : { latitude, longitude: 121, accuracyM: null, ageS: null, mocked: null },
  }))

/** Without the room that they share with others. */
const shown = ({ buffer, from, count, ...rest }: VisitColumns) => ({
  ...rest,
  columns: Object.values(buffer).map((column: readonly unknown[]) => column.slice(from, from + count)),
})

test('columns updated by each change equal those built from the current visits, and searches find the same', () => {
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 40 }), (visits) => {
      let columns = columnsOf([])
      const former: { readonly columns: VisitColumns; readonly visits: readonly VisitFacts[] }[] = []
      const held = new Map<string, VisitFacts>()
      for (const one of visits) {
        const before = held.get(one.visitId)
        const isGone = before !== undefined && one.at === before.at
        columns = withVisit(columns, before, isGone ? undefined : one)
        if (isGone) held.delete(one.visitId)
        else held.set(one.visitId, one)
        former.push({ columns, visits: visitsIn(columns) })
      }
      const sorted = [...held.values()].sort(
        (one, other) => one.at! - other.at! || (one.visitId < other.visitId ? -1 : 1),
      )
      expect(shown(columns)).toEqual(shown(columnsOf(sorted)))
      expect(visitsIn(columns)).toEqual(sorted)
      // Columns taken earlier are unchanged.
      for (const one of former) expect(shown(one.columns)).toEqual(shown(columnsOf(one.visits)))
      const point = { latitude: 30, longitude: 121 }
      const near = sorted.filter(({ checkIn }) => checkIn !== null && Math.abs(checkIn.latitude - 30) <= 1)
      expect(markedAround(columns, point, 1, PLACED)).toEqual(near)
      expect(equalPositions(columns, point, false)).toEqual(near.filter(({ checkIn }) => checkIn!.latitude === 30))
      const within = sorted.filter(({ enteredAt }) => enteredAt !== null && enteredAt >= 3 && enteredAt <= 6)
      expect(enteredWithin(columns, 3, 6)).toEqual(within)
    }),
    { numRuns: 300 },
  )
})
