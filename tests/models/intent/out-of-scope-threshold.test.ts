import { fitOutOfScopeThreshold } from '../../../models/intent/out-of-scope-threshold.ts'

test('with texts without an intent it is where both kinds are separated best', () => {
  const known = [0.9, 0.8, 0.95, 0.55]
  const none = [0.3, 0.5, 0.4, 0.85]
  const { threshold, from } = fitOutOfScopeThreshold(
    [...known, ...none],
    [...known.map(() => false), ...none.map(() => true)],
  )
  expect(from).toBe('texts of none')
  expect(threshold).toBeGreaterThan(0.5)
  expect(threshold).toBeLessThanOrEqual(0.55)
})

test('what is told apart without doubt is so in the middle', () => {
  const { threshold } = fitOutOfScopeThreshold([1, 1, 0.9, 0.5, 0.4], [false, false, false, true, true])
  expect(threshold).toBeCloseTo(0.7, 12)
  expect(fitOutOfScopeThreshold([0.9, 0.8], [true, true]).threshold).toBeLessThanOrEqual(1)
})

test('without any a fiftieth of the known texts is lost at most', () => {
  const best = Array.from({ length: 100 }, (_, i) => (i + 1) / 100)
  const { threshold, from } = fitOutOfScopeThreshold(
    best,
    best.map(() => false),
  )
  expect([threshold, from]).toEqual([0.03, 'a share of the known ones'])
  expect(best.filter((one) => one < threshold).length).toBe(2)
  expect(fitOutOfScopeThreshold([], []).threshold).toBe(0)
})
