import fc from 'fast-check'
import { callsToDial, LEVEL_MAX, LEVEL_MIN, nextLevel } from '../../../../features/calls/pacing/level.ts'

const level = fc.double({ min: LEVEL_MIN, max: LEVEL_MAX, noNaN: true })
const agents = fc.record({ waiting: fc.nat(50), talking: fc.nat(50) })
const share = fc.double({ min: 0, max: 1, noNaN: true })

test('close to the limit the level is halved and never rises, whatever the agents do', () => {
  fc.assert(
    fc.property(level, agents, share, share, (now, who, abandonShare, abandonShareMax) => {
      const next = nextLevel({ level: now, agents: who, abandonShare, abandonShareMax })
      expect(next >= LEVEL_MIN && next <= LEVEL_MAX).toBe(true)
      if (abandonShare >= 0.9 * abandonShareMax) expect(next).toBeCloseTo(Math.max(LEVEL_MIN, now / 2), 1)
    }),
  )
})

test('below the limit it follows the agents', () => {
  const minute = { level: 2, abandonShare: 0, abandonShareMax: 0.03 }
  expect(nextLevel({ ...minute, agents: { waiting: 5, talking: 5 } })).toBeCloseTo(2.1, 9)
  expect(nextLevel({ ...minute, agents: { waiting: 0, talking: 10 } })).toBeCloseTo(1.9, 9)
  expect(nextLevel({ ...minute, agents: { waiting: 1, talking: 9 } })).toBe(2)
  expect(nextLevel({ ...minute, agents: { waiting: 5, talking: 5 }, abandonShare: 0.025 })).toBe(2)
})

test('calls that are already ringing are not dialled again', () => {
  expect(callsToDial(1, { waiting: 3, ringing: 1 })).toBe(2)
  expect(callsToDial(1.5, { waiting: 3, ringing: 0 })).toBe(4)
  expect(callsToDial(1, { waiting: 1, ringing: 4 })).toBe(0)
})
