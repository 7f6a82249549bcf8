import fc from 'fast-check'
import { listOrderTotals, planDay, type Candidate, type DayOptions } from '../../../features/visits/day-plan.ts'
import { routeKm } from '../../../features/visits/round-trip.ts'

const START = { latitude: 31, longitude: 121 }
/** One degree of latitude is 111.2 km. */
const north = (km: number) => ({ latitude: 31 + km / 111.195, longitude: 121 })
const candidate = (id: string, expectedValueMinor: number | null, places: Candidate['places'] = []): Candidate => ({
  opportunityId: `o${id}`,
  customerId: `c${id}`,
  expectedValueMinor,
  places,
})
const options: DayOptions = { visits: 3, from: START, kmCostMinor: 100, kmIfUnknown: 10, kmMax: 1_000 }
const ids = (stops: readonly { readonly candidate: Candidate }[]) => stops.map((stop) => stop.candidate.opportunityId)
const why = (plan: ReturnType<typeof planDay>) =>
  Object.fromEntries(plan.leftOut.map((one) => [one.candidate.opportunityId, one.why.code]))

test('takes the visits worth most beyond their travel, in the order of the route, and gives reasons for the others', () => {
  const plan = planDay(
    [
      candidate('far', 9_000, [north(100)]),
      candidate('best', 8_000, [north(20)]),
      candidate('near', 5_000, [north(10)]),
      candidate('unplaced', 4_000),
      candidate('small', 300),
      candidate('loss', -1, [north(10)]),
      candidate('new', null),
    ],
    options,
  )
  expect(ids(plan.stops)).toEqual(['onear', 'obest', 'ounplaced'])
  expect(plan.stops.map(({ km }) => (km === null ? null : Math.round(km)))).toEqual([10, 10, null])
  expect(plan.km).toBeCloseTo(20 + 20 + 10, 1)
  expect(plan.wayCostMinor).toBeCloseTo(100 * plan.km)
  expect(plan.expectedValueMinor).toBe(17_000)
  expect(why(plan)).toEqual({ ofar: 'too-far', osmall: 'too-far', oloss: 'not-worth', onew: 'unknown' })
})

test('visits without room in the plan are worth less', () => {
  const plan = planDay([candidate('1', 9_000), candidate('2', 8_000)], { ...options, visits: 1 })
  expect(plan.leftOut).toMatchObject([{ why: { code: 'full', text: 'The one visit of the day brings more.' } }])
})

test('a day is not longer than allowed: distant visits are left out in favour of nearer ones', () => {
  const plan = planDay(
    [candidate('far', 90_000, [north(80)]), candidate('near', 5_000, [north(20)]), candidate('unplaced', 4_000)],
    { ...options, kmMax: 100 },
  )
  expect(ids(plan.stops)).toEqual(['onear', 'ounplaced'])
  expect(plan.leftOut).toMatchObject([
    { why: { code: 'too-far', text: 'The way is 120 km, and the day has 50 km left.' } },
  ])
})

test('a customer is visited once, at the place on the route', () => {
  const places = [north(-50), north(12), { latitude: 0, longitude: 0 }]
  const other = { ...candidate('also', 100, places), customerId: 'cone' }
  const plan = planDay([candidate('one', 9_000, places), other, candidate('two', 8_000, [north(20)])], options)
  expect(ids(plan.stops)).toEqual(['oone', 'otwo'])
  expect(plan.stops[0]!.place).toEqual(places[1])
  expect(why(plan)).toEqual({ oalso: 'same-customer' })
})

test('an impossible place counts as none', () => {
  const plan = planDay([candidate('1', 9_000, [{ latitude: 121, longitude: 31 }])], options)
  expect(plan.stops[0]).toMatchObject({ place: null, km: null })
})

const near = fc.double({ min: -0.3, max: 0.3, noNaN: true })
const place = fc.tuple(near, near).map(([y, x]) => ({ latitude: 31 + y, longitude: 121 + x }))
const some = fc.array(
  fc.record({
    customer: fc.integer({ min: 0, max: 12 }),
    value: fc.option(fc.integer({ min: -2_000, max: 20_000 }), { freq: 9 }),
    places: fc.array(place, { maxLength: 3 }),
  }),
  { maxLength: 20 },
)

test('a plan is never longer than allowed, visits a customer once, accounts for everybody and loses nothing by travel', () => {
  fc.assert(
    fc.property(
      some,
      fc.integer({ min: 1, max: 8 }),
      fc.option(place),
      fc.constantFrom(15, 60, 1_000),
      (given, visits, from, kmMax) => {
        const candidates = given.map(({ customer, value, places }, index) => ({
          ...candidate(String(index), value, places),
          customerId: `c${customer}`,
        }))
        const asked = { ...options, visits, from, kmMax }
        const plan = planDay(candidates, asked)
        const { stops, leftOut } = plan
        expect(stops.length).toBeLessThanOrEqual(visits)
        expect(plan.km).toBeLessThanOrEqual(kmMax + 1e-6)
        expect(new Set(stops.map((stop) => stop.candidate.customerId)).size).toBe(stops.length)
        expect([...ids(stops), ...ids(leftOut)].sort()).toEqual(candidates.map((one) => one.opportunityId).sort())
        expect(plan.expectedValueMinor - plan.wayCostMinor).toBeGreaterThanOrEqual(stops.length > 0 ? -1e-6 : 0)
        const places = stops.flatMap((stop) => (stop.place === null ? [] : [stop.place]))
        expect(plan.km).toBeCloseTo(routeKm(places, from) + 10 * (stops.length - places.length), 6)
        // Never worse than the same customers in the order of the list.
        const chosen = new Set(stops.map((stop) => stop.candidate))
        const inList = stops.length === 0 ? [] : candidates.filter((one) => chosen.has(one))
        const sameInList = inList.flatMap((one) => stops.find((stop) => stop.candidate === one)!.place ?? [])
        expect(routeKm(places, from)).toBeLessThanOrEqual(routeKm(sameInList, from) + 1e-6)
      },
    ),
    { numRuns: 200 },
  )
})

test('the totals of the plain list are those of its first, in its order', () => {
  const list = [candidate('1', 500, [north(20)]), candidate('2', 400, [north(5)]), candidate('3', 300)]
  expect(listOrderTotals(list, { ...options, visits: 2 })).toMatchObject({ expectedValueMinor: 900 })
  expect(listOrderTotals(list, { ...options, visits: 2 }).km).toBeCloseTo(20 + 15 + 5, 1)
})
