import { mockedPlace } from '../../../../processors/visits/evidence/mocked-place.ts'
import { at, facts, north, scores } from './facts.ts'

test('follows the device’s report; without a report nothing is known', () => {
  const visits = [true, false, null].map((mocked) =>
    facts(String(mocked), { occurredAt: at('9:00'), place: north(0, { mocked }) }),
  )
  expect(scores(mockedPlace, visits)).toEqual({ true: 1 })
})

test('at check-out too', () => {
  expect(scores(mockedPlace, [facts('a', { checkOutPlace: north(0, { mocked: true }) })])).toEqual({ a: 1 })
})
