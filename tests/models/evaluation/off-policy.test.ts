import fc from 'fast-check'
import type { Posterior } from '../../../models/bandit/beta.ts'
import { probabilityBest } from '../../../models/bandit/probability-best.ts'
import { withFloor } from '../../../models/bandit/with-floor.ts'
import { createOffPolicy, type OffPolicyEstimate } from '../../../models/evaluation/off-policy.ts'
import { random } from '../../../models/random.ts'

const prior = { mean: 0.05, count: 20 }
const estimateOf = (all: readonly OffPolicyEstimate[], action: string) => all.find((one) => one.action === action)!

test('by hand: two choices between two actions', () => {
  const offPolicy = createOffPolicy({ mean: 0.5, count: 1 })
  const propensities = new Map([
    ['a', 0.8],
    ['b', 0.2],
  ])
  offPolicy.add({ context: '', propensities, chosen: 'a', reward: 1 })
  offPolicy.add({ context: '', propensities, chosen: 'b', reward: 0 })
  const a = estimateOf(offPolicy.estimates(), 'a')
  expect(a).toMatchObject({ choices: 2, taken: 1, logged: 0.5 })
  // (1 ∕ 0.8 + 0) ∕ 2, and 1.25 ∕ 1.25.
  expect(a.inversePropensity!.value).toBeCloseTo(0.625, 12)
  expect(a.selfNormalised).toEqual({ value: 1, lower: null, upper: null })
  // First 0.5 + 1.25 · 0.5; then the prediction after one reward of 1, which is (0.5 + 1) ∕ 2.
  expect(a.doublyRobust!.value).toBeCloseTo((1.125 + 0.75) / 2, 12)
  expect(a.uplift!.value).toBeCloseTo(a.doublyRobust!.value - 0.5, 12)
  // Weights 0 and 5: the standard deviation of 1.25 and 0 is 1.25 ∕ √2.
  expect(a.inversePropensity!.upper! - a.inversePropensity!.value).toBeCloseTo((1.959964 * 1.25) / 2, 5)
})

test('an action that was never taken has no ratio, and one that was always taken has the logged value', () => {
  const offPolicy = createOffPolicy(prior)
  for (const reward of [1, 0, 0, 1])
    offPolicy.add({ context: '', propensities: new Map([['only', 1]]), chosen: 'only', reward })
  const only = estimateOf(offPolicy.estimates(), 'only')
  expect(only.inversePropensity!.value).toBe(0.5)
  expect(only.selfNormalised!.value).toBe(0.5)
  expect(only.doublyRobust!.value).toBeCloseTo(0.5, 12)
  expect(only.uplift!.value).toBeCloseTo(0, 12)
  const propensities = new Map([
    ['only', 0.9],
    ['never', 0.1],
  ])
  offPolicy.add({ context: '', propensities, chosen: 'only', reward: 1 })
  expect(estimateOf(offPolicy.estimates(), 'never')).toEqual({
    ...{ action: 'never', choices: 1, taken: 0, logged: 1 },
    ...{ inversePropensity: null, selfNormalised: null, doublyRobust: null, uplift: null },
  })
})

test('a single choice has no interval', () => {
  const offPolicy = createOffPolicy(prior)
  const propensities = new Map([
    ['a', 0.5],
    ['b', 0.5],
  ])
  offPolicy.add({ context: '', propensities, chosen: 'a', reward: 1 })
  const { inversePropensity, doublyRobust } = estimateOf(offPolicy.estimates(), 'a')
  expect(inversePropensity).toEqual({ value: 2, lower: null, upper: null })
  expect(doublyRobust).toEqual({ value: 1.95, lower: null, upper: null })
})

test('the ratio never leaves the range of rewards', () => {
  const choice = fc.record({
    propensity: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
    isFirst: fc.boolean(),
    reward: fc.constantFrom(0, 1),
  })
  fc.assert(
    fc.property(fc.array(choice, { minLength: 1, maxLength: 50 }), (choices) => {
      const offPolicy = createOffPolicy(prior)
      for (const { propensity, isFirst, reward } of choices) {
        const propensities = new Map([
          ['a', propensity],
          ['b', 1 - propensity],
        ])
        offPolicy.add({ context: '', propensities, chosen: isFirst ? 'a' : 'b', reward })
      }
      for (const { selfNormalised } of offPolicy.estimates()) {
        if (selfNormalised === null) continue
        expect(selfNormalised.value).toBeGreaterThanOrEqual(-1e-9)
        expect(selfNormalised.value).toBeLessThanOrEqual(1 + 1e-9)
      }
    }),
  )
})

/** Two groups in which scripts convert at different rates and different scripts are best. */
const RATES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  young: { a: 0.3, b: 0.12, c: 0.2 },
  old: { a: 0.04, b: 0.1, c: 0.06 },
}
const YOUNG_SHARE = 0.4
const ACTIONS = ['a', 'b', 'c']
const truth = (action: string) => YOUNG_SHARE * RATES['young']![action]! + (1 - YOUNG_SHARE) * RATES['old']![action]!

function chancesOf(known: readonly Posterior[]): ReadonlyMap<string, number> {
  const chances = withFloor(probabilityBest(known), 0.1)
  return new Map(ACTIONS.map((action, place) => [action, chances[place]!]))
}

/** Simulates a bandit that updates from its results every `every` choices. */
function simulate(seed: number, choices = 2_500, every = 250) {
  const next = random(seed)
  const offPolicy = createOffPolicy(prior)
  const results = new Map(
    Object.keys(RATES).map((group) => [group, ACTIONS.map(() => ({ alpha: 1, beta: 19 }))] as const),
  )
  const plain = new Map(ACTIONS.map((action) => [action, { count: 0, reward: 0 }]))
  let chances = new Map<string, ReadonlyMap<string, number>>()
  for (let index = 0; index < choices; index++) {
    if (index % every === 0) chances = new Map([...results].map(([group, known]) => [group, chancesOf(known)]))
    const group = next() < YOUNG_SHARE ? 'young' : 'old'
    const propensities = chances.get(group)!
    const at = next()
    const [first, second] = [propensities.get('a')!, propensities.get('b')!]
    const place = at < first ? 0 : at < first + second ? 1 : 2
    const chosen = ACTIONS[place]!
    const reward = next() < RATES[group]![chosen]! ? 1 : 0
    const known = results.get(group)![place]!
    if (reward === 1) known.alpha++
    else known.beta++
    const sum = plain.get(chosen)!
    sum.count++
    sum.reward += reward
    offPolicy.add({ context: group, propensities, chosen, reward })
  }
  return { estimates: offPolicy.estimates(), plain }
}

describe('on a bandit whose world is known', () => {
  const RUNS = 150
  const runs = Array.from({ length: RUNS }, (_, seed) => simulate(seed))
  const estimators = ['inversePropensity', 'selfNormalised', 'doublyRobust'] as const

  test.each(ACTIONS)(
    'the intervals of “every customer gets %s” cover the truth about as often as they say',
    (action) => {
      for (const name of estimators) {
        const covered = runs.filter(({ estimates }) => {
          const { lower, upper } = estimateOf(estimates, action)[name]!
          return lower! <= truth(action) && truth(action) <= upper!
        })
        const share = covered.length / RUNS
        expect([name, share > 0.89 && share < 0.99]).toEqual([name, true])
      }
    },
  )

  test.each(ACTIONS)(
    'the estimates of %s are right on average, and the doubly robust one is the sharpest',
    (action) => {
      const meanOf = (pick: (one: OffPolicyEstimate) => number) =>
        runs.reduce((sum, { estimates }) => sum + pick(estimateOf(estimates, action)), 0) / RUNS
      for (const name of estimators)
        expect(Math.abs(meanOf((one) => one[name]!.value) - truth(action))).toBeLessThan(0.006)
      const width = (name: (typeof estimators)[number]) => meanOf((one) => one[name]!.upper! - one[name]!.lower!)
      expect(width('doublyRobust')).toBeLessThan(width('inversePropensity'))
    },
  )

  // The bandit gives script a to the group that buys anyway.
  test('without propensities it would be wrong', () => {
    const plainMean = runs.reduce((sum, { plain }) => sum + plain.get('a')!.reward / plain.get('a')!.count, 0) / RUNS
    expect(truth('a')).toBeCloseTo(0.144, 12)
    expect(plainMean).toBeGreaterThan(0.2)
  })
})
