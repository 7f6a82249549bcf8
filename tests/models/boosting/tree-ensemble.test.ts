import fc from 'fast-check'
import { treeMargins, type TreeEnsemble } from '../../../models/boosting/tree-ensemble.ts'

const WIDTH = 5
const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float({ noNaN: true }), fc.constant(Number.NaN))

const ensemble = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 11 })).chain(([depth, trees]) => {
  const inner = trees * (2 ** depth - 1)
  const of = <T>(arbitrary: fc.Arbitrary<T>, length: number) =>
    fc.array(arbitrary, { minLength: length, maxLength: length })
  return fc.record<TreeEnsemble>({
    depth: fc.constant(depth),
    bias: fc.integer({ min: -2, max: 2 }),
    features: of(fc.nat(WIDTH - 1), inner),
    thresholds: of(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.float({ noNaN: true })), inner),
    leaves: of(fc.integer({ min: -100, max: 100 }), trees * 2 ** depth),
  })
})

/** Computes the margin by definition, from the root down. */
function plainMargin({ depth, bias, features, thresholds, leaves }: TreeEnsemble, row: readonly number[]): number {
  const inner = 2 ** depth - 1
  let margin = bias
  for (let tree = 0; tree < leaves.length / 2 ** depth; tree++) {
    let node = 0
    while (node < inner) {
      const goesLeft = row[features[tree * inner + node]!]! <= thresholds[tree * inner + node]!
      node = goesLeft ? 2 * node + 1 : 2 * node + 2
    }
    margin += leaves[tree * 2 ** depth + node - inner]!
  }
  return margin
}

test('rows get the margin of a walk from root to leaf, whatever their number, missing values going right', () => {
  fc.assert(
    fc.property(
      ensemble,
      fc.array(fc.array(number, { minLength: WIDTH, maxLength: WIDTH }), { maxLength: 11 }),
      (trees, rows) => {
        const flat = Float32Array.from(rows.flat())
        const margins = new Float64Array(rows.length + 1).fill(7)
        treeMargins(trees)(flat, rows.length, WIDTH, margins)
        const expected = rows.map((_, index) =>
          plainMargin(trees, [...flat.subarray(index * WIDTH, (index + 1) * WIDTH)]),
        )
        expect([...margins]).toEqual([...expected, 7])
      },
    ),
  )
})

test('arrays that do not fit together are refused with their sizes', () => {
  const trees: TreeEnsemble = { depth: 2, bias: 0, features: [0, 0, 0], thresholds: [0, 0], leaves: [1, 2, 3, 4] }
  expect(() => treeMargins(trees)).toThrow('3 nodes for every 4 leaves, not 3 features and 2 thresholds')
})
