import fc from 'fast-check'
import { impossibleTravel } from '../../../../processors/visits/evidence/impossible-travel.ts'
import { columnsOf } from '../../../../processors/visits/evidence/visit-columns.ts'
import { at, facts, fix, north, nothingKnown, scores } from './facts.ts'

const here = (visitId: string, time: string, km: number, more = {}) =>
  facts(visitId, { occurredAt: at(time), checkInAt: at(time), place: north(km), ...more })

test('forty kilometres in ten minutes are found, and both visits named', () => {
  const found = scores(impossibleTravel, [here('a', '9:00', 0), here('b', '9:10', 40)])
  expect(found['b']).toBeGreaterThan(0.5)
  expect(found['a']).toBeGreaterThan(0)
})

test('the odd position counts in full, and its neighbours little', () => {
  const day = [here('a', '9:00', 0), here('b', '10:00', 2), here('x', '11:00', 900), here('c', '12:00', 3)]
  const found = scores(impossibleTravel, [...day, here('d', '13:00', 1), here('e', '14:00', 1)])
  expect(found['x']).toBeGreaterThan(0.5)
  expect(found['b']).toBeLessThan(0.35)
  expect(found['c']).toBeLessThan(0.35)
  expect(Object.keys(found).sort()).toEqual(['b', 'c', 'x'])
})

test('both uncertainties are taken off the distance', () => {
  const vague = { place: north(40, { accuracyM: 25_000 }) }
  expect(scores(impossibleTravel, [here('a', '9:00', 0), here('b', '9:10', 40, vague)])).toEqual({})
})

test.each([
  ['a car', 30, '9:30'],
  ['a fast train', 300, '10:05'],
  ['a plane', 1_500, '11:15'],
])('%s is fast enough', (_, km, time) => {
  expect(scores(impossibleTravel, [here('a', '9:00', 0), here('b', time, km)])).toEqual({})
})

test('less than a kilometre, or a jump within a minute, is within the noise of positions', () => {
  expect(scores(impossibleTravel, [here('a', '9:00', 0), here('b', '9:00:01', 0.9)])).toEqual({})
  expect(scores(impossibleTravel, [here('a', '9:00', 0), here('b', '9:00:30', 8)])).toEqual({})
  expect(scores(impossibleTravel, [here('a', '9:00', 0), here('b', '9:00:30', 300)])).not.toEqual({})
})

test('an old position was true when it was measured', () => {
  const old = here('b', '10:00', 0, { place: north(0, { ageS: 3_600 }) })
  expect(scores(impossibleTravel, [here('a', '9:58', 40), old])).toEqual({})
})

test('over the date line it is not far', () => {
  const west = facts('a', { occurredAt: at('9:00'), place: fix(-16.8, 179.99) })
  const east = facts('b', { occurredAt: at('9:30'), place: fix(-16.8, -179.99) })
  expect(scores(impossibleTravel, [west, east])).toEqual({})
})

test('the end of a stay counts less, since the place was not measured, and not if it was forgotten', () => {
  const stay = (until: string) => here('a', '9:00', 0, { checkOutAt: at(until) })
  const found = scores(impossibleTravel, [stay('11:00'), here('b', '11:05', 40)])
  expect(found['b']).toBeGreaterThan(0.2)
  expect(found['b']).toBeLessThan(0.7)
  expect(scores(impossibleTravel, [stay('17:00'), here('b', '17:05', 40)])).toEqual({})
  expect(scores(impossibleTravel, [stay('11:00'), here('c', '10:00', 20), here('b', '11:05', 40)])).toEqual({})
})

test('positions reported on the way in a train or a plane are no evidence, unless there is a stay', () => {
  const onTheWay = ['9:00', '9:05', '9:10', '9:15'].map((time, i) => here(`p${i}`, time, 65 * i))
  expect(scores(impossibleTravel, onTheWay)).toEqual({})
  const stopped = onTheWay.map((visit, i) => (i === 1 ? here('p1', '9:05', 65, { checkOutAt: at('9:11') }) : visit))
  expect(scores(impossibleTravel, stopped)).not.toEqual({})
  const back = [here('a', '9:00', 0), here('b', '9:05', 65), here('c', '9:10', 0)]
  expect(scores(impossibleTravel, back)).not.toEqual({})
})

test('if the end of a stay is assumed, the journey from its check-in counts as well', () => {
  const day = [here('a', '9:00', 0, { checkOutAt: at('10:00') }), here('b', '10:20', 1_067)]
  expect(scores(impossibleTravel, day)['b']).toBeGreaterThan(0.75)
})

test('stays that overlap hide nothing', () => {
  const times = ['9:00', '9:10', '9:20', '9:30', '9:40']
  const until = ['9:25', '9:35', '9:45', '9:55', '10:05']
  const stays = times.map((time, i) => here(`v${i}`, time, i % 2 === 0 ? 0 : 500, { checkOutAt: at(until[i]!) }))
  const found = scores(impossibleTravel, stays)
  for (const visit of ['v1', 'v2', 'v3', 'v4']) expect(found[visit]).toBeGreaterThanOrEqual(0.3)
})

test('in the stream the detector is left out only where it would find nothing', () => {
  const defaults = Object.fromEntries(
    Object.entries(impossibleTravel.parameters).map(([name, { value }]) => [name, value]),
  )
  const minutes = fc.integer({ min: 1, max: 90 })
  const stay = fc.record({
    gap: minutes,
    km: fc.integer({ min: 0, max: 40 }),
    late: fc.option(fc.integer({ max: 400, min: 0 })),
  })
  const world = fc.array(fc.record({ stay, far: fc.integer({ min: 0, max: 30 }), measured: fc.boolean() }), {
    minLength: 1,
    maxLength: 60,
  })
  let leftOut = 0
  fc.assert(
    fc.property(world, fc.nat(59), (days, which) => {
      let time = at('8:00')
      const made = days.map(({ stay: { gap, km, late }, far, measured }, i) => {
        time += gap * 60_000
        const checkOutAt = late === null ? null : time + late * 60_000
        const place = far === 0 ? north(900) : north(km / 10)
        const checkOutPlace = measured && checkOutAt !== null ? north(km / 10) : null
        return facts(`v${i}`, { occurredAt: time, checkInAt: time, checkOutAt, place, checkOutPlace })
      })
      const near = impossibleTravel.neighbourhood!(made[which % made.length]!, columnsOf(made), defaults)
      if (near.hasNoEvidence !== true) return
      leftOut++
      const found = [...impossibleTravel.detect(made, defaults, nothingKnown)].map(({ visit }) => visit)
      // Visits further away than those needed to decide have no effect in the file either.
      if (made.length <= 48) expect(found.filter((visit) => near.isCompleteFor(visit))).toEqual([])
    }),
    { numRuns: 300 },
  )
  expect(leftOut).toBeGreaterThan(20)
})
