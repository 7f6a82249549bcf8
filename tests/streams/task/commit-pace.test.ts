import fc from 'fast-check'
import { createCommitPace } from '../../../streams/task/commit-pace.ts'

test('a few tasks that have little to do wait no longer than their own interval', () => {
  let now = 0
  const pace = createCommitPace(100, () => now)
  for (let commit = 0; commit < 1_000; commit++) {
    expect(pace.pauseMs()).toBe(0)
    now += 10
  }
})

test('many tasks take turns, at the maximum rate', () => {
  const tasks = 60
  const perSecond = 100
  let now = 0
  const pace = createCommitPace(perSecond, () => now)
  const next = Array.from({ length: tasks }, () => 0)
  let commits = 0
  for (; now < 20_000; now++) {
    for (const [task, at] of next.entries()) {
      if (at > now) continue
      next[task] = now + pace.pauseMs()
      if (now >= 10_000) commits++
    }
  }
  expect(commits / 10).toBeCloseTo(perSecond, -1)
})

test('no time span has more commits than are due in it, plus the burst', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000 }),
      fc.array(fc.nat(2_000), { minLength: 1, maxLength: 300 }),
      (perSecond, gaps) => {
        let now = 0
        const pace = createCommitPace(perSecond, () => now)
        const turns = gaps.map((gap) => {
          now += gap
          return now + pace.pauseMs()
        })
        for (const [first, from] of turns.entries())
          for (let last = first; last < turns.length; last++)
            expect(last - first).toBeLessThanOrEqual(((turns[last]! - from + 500) * perSecond) / 1_000 + 1)
      },
    ),
    { numRuns: 50 },
  )
})
