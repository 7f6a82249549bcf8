import fc from 'fast-check'
import { drawScript } from '../../../../features/calls/scripts/draw-script.ts'

test('the same call gets the same script', () => {
  fc.assert(
    fc.property(fc.string(), (callId) => {
      const propensities = [0.2, 0.3, 0.5]
      const place = drawScript(callId, propensities)
      expect(drawScript(callId, propensities)).toBe(place)
      expect(propensities[place]).toBeDefined()
    }),
  )
})

test('each script is drawn as often as its propensity says', () => {
  const propensities = [0.05, 0.7, 0.25]
  const counts = [0, 0, 0]
  const calls = 40_000
  for (let call = 0; call < calls; call++) counts[drawScript(`attempt-${call}`, propensities)]!++
  // Five standard deviations.
  for (const [place, propensity] of propensities.entries())
    expect(Math.abs(counts[place]! / calls - propensity)).toBeLessThan(5 * Math.sqrt(0.25 / calls))
})

test('rounding leaves no draw without a script', () => {
  expect(drawScript('any', [0, 0])).toBe(1)
})
