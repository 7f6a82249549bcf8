import { compareScripts } from '../../../bench/calls/script-uplift.ts'
import { scriptWorld } from '../../../bench/calls/script-world.ts'
import { simulatedScripts } from '../../../simulator/calls/script-tastes.ts'

const small = { worlds: 3, customers: 1_500, learningDays: 10, days: 30, callsADay: 100 }
type Mean = { readonly mean: number; readonly lower: number; readonly upper: number }

test('personalised scripts and ranking each gain, and the platform’s estimates agree with the truth', () => {
  const figures = compareScripts(small)
  expect(compareScripts({ ...small, worlds: 1 })).toEqual(compareScripts({ ...small, worlds: 1 }))
  const uplift = figures['upliftPer100'] as unknown as Record<'scripts' | 'ranking' | 'both', Mean>
  expect(uplift.scripts.mean).toBeGreaterThan(0)
  expect(uplift.ranking.lower).toBeGreaterThan(0)
  expect(uplift.both.mean).toBeGreaterThan(uplift.ranking.mean)
  const { value } = figures['offPolicy'] as unknown as {
    value: Record<string, { truthPer100: number; errorPer100: Mean }>
  }
  expect(Object.keys(value).sort()).toEqual([...simulatedScripts].sort())
  for (const { truthPer100, errorPer100 } of Object.values(value))
    expect(Math.abs(errorPer100.mean)).toBeLessThan(truthPer100 / 2)
})

test('a call has the same chances under every strategy, and a better script never loses a conversion', () => {
  const world = scriptWorld('same', 200)
  const day = world.nextDay()
  let conversions = 0
  for (let customer = 0; customer < world.size; customer++) {
    const call = () => world.call(customer, world.newHistory(), day)
    expect(call().probabilities).toEqual(call().probabilities)
    const better = simulatedScripts.toSorted((one, other) => call().probabilities[one] - call().probabilities[other])
    const converts = better.map((script) => call().converts(script))
    expect(converts).toEqual(converts.toSorted())
    if (converts.at(-1) === true) conversions++
  }
  expect(conversions).toBeGreaterThan(0)
})
