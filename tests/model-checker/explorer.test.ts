import fc from 'fast-check'
import { describeCounterexample, explore, type Machine } from './explorer.ts'

/** Two jugs of three and five litres, filled, emptied and poured into each other. */
interface Jugs {
  readonly small: number
  readonly large: number
}

function jugs(forbidden: number): Machine<Jugs> {
  return {
    initial: { small: 0, large: 0 },
    steps({ small, large }) {
      const toLarge = Math.min(small, 5 - large)
      const toSmall = Math.min(large, 3 - small)
      return [
        { name: 'fill small', to: { small: 3, large } },
        { name: 'fill large', to: { small, large: 5 } },
        { name: 'empty small', to: { small: 0, large } },
        { name: 'empty large', to: { small, large: 0 } },
        { name: 'small to large', to: { small: small - toLarge, large: large + toLarge } },
        { name: 'large to small', to: { small: small + toSmall, large: large - toSmall } },
      ]
    },
    invariants: [{ name: 'large', broken: ({ large }) => (large === forbidden ? `${large} litres` : undefined) }],
    isGoal: ({ small, large }) => small === 0 && large === 0,
  }
}

test('finds the shortest path to a violation', () => {
  const { counterexample } = explore(jugs(4))
  expect(describeCounterexample(counterexample!)).toBe(
    [
      'large: 4 litres',
      '   1. fill large',
      '   2. large to small',
      '   3. empty small',
      '   4. large to small',
      '   5. fill large',
      '   6. large to small',
    ].join('\n'),
  )
})

test('visits every state once and counts them', () => {
  // Of the 4 × 6 combinations, those with at least one full or empty jug are reachable.
  expect(explore(jugs(6))).toEqual({ states: 16, transitions: 96, depth: 7, counterexample: undefined })
})

test('finds the nearest state from which no goal can be reached', () => {
  const edges: Record<string, string[]> = {
    a: ['b', 'c'],
    b: ['a', 'd'],
    c: ['e'],
    d: ['goal'],
    e: ['f'],
    f: ['e'],
    goal: [],
  }
  const machine: Machine<{ readonly at: string }> = {
    initial: { at: 'a' },
    steps: ({ at }) => edges[at]!.map((to) => ({ name: `to ${to}`, to: { at: to } })),
    invariants: [],
    isGoal: ({ at }) => at === 'goal',
  }
  expect(explore(machine).counterexample).toEqual({
    violated: 'progress',
    what: 'no path leads to a goal from here',
    steps: ['to c'],
  })
})

test('throws if a machine is too large to be explored completely', () => {
  const counter: Machine<{ readonly count: number }> = {
    initial: { count: 0 },
    steps: ({ count }) => [{ name: 'count', to: { count: count + 1 } }],
    invariants: [],
    isGoal: () => true,
  }
  expect(() => explore(counter, 1_000)).toThrow('More than 1000 states')
})

test('states are the same exactly if their parts are equal, shared or not', () => {
  const state = fc.record({
    number: fc.integer({ min: 0, max: 2 }),
    part: fc.record({ text: fc.constantFrom('', ',', '1', '1,') }),
    list: fc.array(fc.record({ flag: fc.boolean() }), { maxLength: 2 }),
  })
  fc.assert(
    fc.property(fc.array(state, { minLength: 1, maxLength: 20 }), (all) => {
      const [initial, ...others] = all
      const machine: Machine<(typeof all)[number]> = {
        initial: initial!,
        steps: (from) => (from === initial ? others.map((to) => ({ name: 'go', to })) : []),
        invariants: [],
        isGoal: () => true,
      }
      expect(explore(machine).states).toBe(new Set(all.map((one) => JSON.stringify(one))).size)
    }),
  )
})
