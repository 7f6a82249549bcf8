import fc from 'fast-check'
import { callsToDial, LEVEL_MAX, LEVEL_MIN, nextLevel } from '../../../../features/calls/pacing/level.ts'

const level = fc.double({ min: LEVEL_MIN, max: LEVEL_MAX, noNaN: true })
const agents = fc.record({ waiting: fc.nat(50), talking: fc.nat(50) })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const calls = fc
  .tuple(fc.nat(5_000), fc.nat(5_000))
  .map(([answered, abandoned]) => ({ answered, abandoned: Math.min(answered, abandoned) }))

test('close to the limit the level is halved and never rises, whatever the agents do', () => {
  fc.assert(
    fc.property(level, agents, calls, share, (now, who, made, abandonShareMax) => {
      const next = nextLevel({ level: now, agents: who, calls: made, abandonShareMax })
      expect(next >= LEVEL_MIN && next <= LEVEL_MAX).toBe(true)
      const isClose = made.abandoned >= 0.9 * abandonShareMax * made.answered
      if (isClose) expect(next).toBeCloseTo(Math.max(LEVEL_MIN, now / 2), 1)
    }),
  )
})

test('the level rises only as far as a minute of abandoned calls would stay below the limit', () => {
  fc.assert(
    fc.property(level, agents, calls, share, (now, who, made, abandonShareMax) => {
      const next = nextLevel({ level: now, agents: who, calls: made, abandonShareMax })
      if (next <= now) return
      const surplus = (now - 1) * (who.waiting + who.talking)
      expect(made.abandoned + surplus).toBeLessThan(abandonShareMax * Math.max(1, made.answered + surplus + 1))
    }),
  )
})

test('below the limit it follows the agents', () => {
  const minute = { level: 2, calls: { answered: 100_000, abandoned: 0 }, abandonShareMax: 0.03 }
  expect(nextLevel({ ...minute, agents: { waiting: 5, talking: 5 } })).toBeCloseTo(2.1, 9)
  expect(nextLevel({ ...minute, agents: { waiting: 0, talking: 10 } })).toBeCloseTo(1.9, 9)
  expect(nextLevel({ ...minute, agents: { waiting: 1, talking: 9 } })).toBe(2)
  expect(
    nextLevel({ ...minute, agents: { waiting: 5, talking: 5 }, calls: { answered: 100_000, abandoned: 2_500 } }),
  ).toBe(2)
  // With few calls, ten of them beyond the agents could be a large share.
  expect(nextLevel({ ...minute, agents: { waiting: 5, talking: 5 }, calls: { answered: 100, abandoned: 0 } })).toBe(1)
})

test('calls that are already ringing are not dialled again', () => {
  expect(callsToDial(1, { waiting: 3, ringing: 1 })).toBe(2)
  expect(callsToDial(1.5, { waiting: 3, ringing: 0 })).toBe(4)
  expect(callsToDial(1, { waiting: 1, ringing: 4 })).toBe(0)
})
