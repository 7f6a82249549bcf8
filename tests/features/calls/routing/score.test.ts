import { expertiseOf, performanceOf, withScore } from '../../../../features/calls/routing/score.ts'

test('a score is the weighted sum of expertise, free capacity, performance and acquaintance (C13)', () => {
  const weights = { expertise: 0.5, load: 0.3, performance: 0.2, known: 0.1 }
  const parts = { name: 'ann', expertise: 0.8, load: 0.25, performance: 0.6, known: false }
  expect(withScore(parts, weights).score).toBeCloseTo(0.5 * 0.8 + 0.3 * 0.75 + 0.2 * 0.6, 12)
  expect(withScore({ ...parts, known: true }, weights).score).toBeCloseTo(0.845, 12)
})

test('an intent that an agent does not list counts as unknown to the agent, unless the agent lists none', () => {
  expect(expertiseOf({ loan: 0.9 }, 'loan')).toBe(0.9)
  expect(expertiseOf({ loan: 0.9 }, 'card')).toBe(0)
  expect(expertiseOf({}, 'card')).toBe(0.5)
  expect(expertiseOf({ loan: 0.9 }, null)).toBe(0.5)
  expect(expertiseOf({ loan: 0.9 }, 'constructor')).toBe(0)
})

test('a few calls say little about an agent, many do', () => {
  expect(performanceOf({ resolved: 0, judged: 0 })).toBe(0.5)
  expect(performanceOf({ resolved: 2, judged: 2 })).toBeCloseTo(7 / 12, 12)
  expect(performanceOf({ resolved: 90, judged: 100 })).toBeGreaterThan(0.85)
})
