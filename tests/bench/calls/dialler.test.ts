import fc from 'fast-check'
import { runDialler } from '../../../bench/calls/dialler.ts'
import { random } from '../../../models/random.ts'

const HOUR = 3_600
const centre = {
  agents: 20,
  answerProbability: (second: number) => 0.3 + 0.15 * Math.sin(second / (2 * HOUR)),
  talkSeconds: 120,
  wrapUpSeconds: 20,
  abandonShareMax: 0.03,
}
const run = (predictive: boolean, seed: number, changes: Partial<typeof centre> = {}) =>
  runDialler({ ...centre, ...changes }, { predictive, seconds: 24 * HOUR, random: random(seed) })

test('progressive pacing abandons no calls', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), (seed) => expect(run(false, seed).abandonShare).toBe(0)),
    { numRuns: 5 },
  )
})

test('predictive pacing keeps agents busier, and the share of abandoned calls below its limit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.constantFrom(0.01, 0.03, 0.05), (seed, abandonShareMax) => {
      const [progressive, predictive] = [run(false, seed), run(true, seed, { abandonShareMax })]
      expect(predictive.occupancy).toBeGreaterThan(progressive.occupancy)
      expect(predictive.levelHighest).toBeGreaterThan(1.2)
      expect(predictive.abandonShareHighest).toBeLessThan(abandonShareMax)
    }),
    { numRuns: 8 },
  )
})
