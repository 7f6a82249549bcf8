import { proposedPlaces } from '../../../features/visits/proposed-places.ts'
import type { AssessedVisit } from '../../../composition/visits/assess-file.ts'
import { at, facts, north, office } from '../../processors/visits/evidence/facts.ts'

const known = { placesOf: () => [{ name: null, ...office, radiusM: null }] }
const unknown = { placesOf: () => [] }
const met = (spots: readonly number[], more = {}) =>
  spots.map((km, i) => facts(`v${i}`, { occurredAt: at(`9:00+${i}`), customerId: 'c', place: north(km, more) }))
const proposed = (visits: ReturnType<typeof met>, places: typeof known, changes: Partial<AssessedVisit> = {}) =>
  proposedPlaces(
    new Map(visits.map((visit) => [visit.visitId, visit])),
    visits.map(({ visitId }) => ({
      visitId,
      falseScore: 0,
      invalidScore: 0,
      verdict: 'fine',
      evidence: [],
      ...changes,
    })),
    places,
  )

test('three days at one other spot propose it', () => {
  const [place] = proposed(met([5, 5.1, 5.05, 0, 20]), known)
  expect(place).toMatchObject({ customerId: 'c', days: 3, longitude: office.longitude })
  expect(place!.latitude).toBeCloseTo(office.latitude + 5.05 / 111.195, 3)
})

test('also if no place is known', () => expect(proposed(met([0, 0, 0]), unknown)).toHaveLength(1))

test.each([
  ['two days', met([5, 5.1]), {}],
  ['spots apart', met([5, 9, 20]), {}],
  ['vague positions', met([5, 5.1, 5.05], { accuracyM: 1_000 }), {}],
  ['doubted visits', met([5, 5.1, 5.05]), { verdict: 'suspected_false' as const }],
  [
    'a spot of several customers',
    met([5, 5.1, 5.05]),
    { evidence: [{ kind: 'one-place-many-customers', score: 1, text: '', with: null }] },
  ],
])('%s propose nothing', (_, visits, changes) => expect(proposed(visits, known, changes)).toEqual([]))
