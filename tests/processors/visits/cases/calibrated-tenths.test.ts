import fc from 'fast-check'
import { calibratedTenths } from '../../../../processors/visits/cases/calibrated-tenths.ts'

test('without decisions a score is its own probability; decisions draw it towards the outcomes of similar visits', () => {
  expect(calibratedTenths([])).toEqual(
    [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95].map((one) => expect.closeTo(one)),
  )
  const after = calibratedTenths([{ tenth: 8, confirmed: 4, unfounded: 32 }])
  // Tenths with lower scores must not have a higher probability.
  expect(after[8]).toBeLessThan(0.4)
  expect(after[7]).toBeLessThanOrEqual(after[8]!)
  expect(after[9]).toBeCloseTo(0.95)
})

test('it is a probability, and never falls with the score (property)', () => {
  const decisions = fc.record({ tenth: fc.integer({ min: 0, max: 9 }), confirmed: fc.nat(500), unfounded: fc.nat(500) })
  fc.assert(
    fc.property(fc.uniqueArray(decisions, { selector: ({ tenth }) => tenth }), (list) => {
      const tenths = calibratedTenths(list)
      expect(tenths).toHaveLength(10)
      for (const [place, value] of tenths.entries()) {
        expect(value).toBeGreaterThan(0)
        expect(value).toBeLessThan(1)
        if (place > 0) expect(value).toBeGreaterThanOrEqual(tenths[place - 1]!)
      }
    }),
  )
})
