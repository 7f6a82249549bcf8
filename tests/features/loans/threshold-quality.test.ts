import fc from 'fast-check'
import { thresholdQuality } from '../../../features/loans/threshold-quality.ts'

const known = [
  { estimate: 0.9, usage: 0.8 },
  { estimate: 0.7, usage: 0.2 },
  { estimate: 0.6, usage: 0.6 },
  { estimate: 0.1, usage: 1.3 },
]

test('a customer counts as right if estimate and usage reach the same threshold', () => {
  expect(thresholdQuality(known, 0.6)).toEqual({
    ...{ threshold: 0.6, flagged: 3, reached: 3, both: 2, precision: 2 / 3, recall: 2 / 3 },
  })
  expect(thresholdQuality(known, 0.95)).toMatchObject({ flagged: 0, precision: null, reached: 1, recall: 0 })
  expect(thresholdQuality([], 0.5)).toMatchObject({ precision: null, recall: null })
})

test('precision and recall are shares, and agree on those who are right', () => {
  const share = fc.double({ min: 0, max: 1.5, noNaN: true })
  const rows = fc.array(fc.record({ estimate: share, usage: share }), { minLength: 1 })
  fc.assert(
    fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), (some, threshold) => {
      const { flagged, reached, both, precision, recall } = thresholdQuality(some, threshold)
      expect(both).toBeLessThanOrEqual(Math.min(flagged, reached))
      if (precision !== null) expect(precision * flagged).toBeCloseTo(both)
      if (recall !== null) expect(recall * reached).toBeCloseTo(both)
    }),
  )
})
