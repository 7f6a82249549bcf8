import { uniformInteger, type Random } from '../../../simulator/random.ts'
import { fieldWork } from '../../../simulator/visits/field-work.ts'

const options = {
  seed: 'test',
  people: 30,
  days: 30,
  cheatingShare: 0.5,
  report: (next: Random) => `报告${uniformInteger(next, 0, 1e9)}。`,
}

test('the same seed gives the same visits, in order of time, with cheats among them', () => {
  const work = fieldWork(options)
  expect(fieldWork(options).visits).toEqual(work.visits)
  const times = work.visits.map(({ occurredAt }) => occurredAt)
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  expect(new Set(work.visits.map(({ visitId }) => visitId)).size).toBe(work.visits.length)
  const share = work.fakeVisits.size / work.visits.length
  expect(share).toBeGreaterThan(0.05)
  expect(share).toBeLessThan(0.35)
})

test('honest people pretend nothing, and copiers copy', () => {
  const { visits, fakeVisits, people } = fieldWork(options)
  const honest = new Set(people.filter(({ cheat }) => cheat === null).map(({ id }) => id))
  expect(visits.filter(({ visitId, salespersonId }) => honest.has(salespersonId) && fakeVisits.has(visitId))).toEqual(
    [],
  )
  const copier = people.find(({ cheat, cunning }) => cheat === 'copier' && cunning === 0)!
  const own = visits.filter(({ salespersonId }) => salespersonId === copier.id)
  const texts = Map.groupBy(own, ({ text }) => text)
  const repeated = own.filter(({ visitId, text }) => fakeVisits.has(visitId) && texts.get(text)!.length > 1)
  expect(repeated.length).toBeGreaterThan(5)
})
