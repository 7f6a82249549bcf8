import { boost } from '../../../models/boosting/boost.ts'
import { goesLeft, type Forest } from '../../../models/boosting/forest.ts'
import { squaredLoss } from '../../../models/boosting/loss.ts'
import { defaultBoosting } from '../../../models/boosting/options.ts'
import { treeShap } from '../../../models/boosting/tree-shap.ts'
import { boosted, mixedData, plainMargin, rowOf, wholeTrees } from './forests.ts'

const data = mixedData(600)

/** Expected output if only some features are known: the definition that the fast algorithm must agree with. */
function conditional(forest: Forest, row: Float32Array, known: ReadonlySet<number>, node: number): number {
  const feature = forest.features[node]!
  if (feature === -1) return forest.values[node]!
  const [left, right] = [node + 1, forest.rights[node]!]
  if (known.has(feature)) return conditional(forest, row, known, goesLeft(forest, node, row[feature]!) ? left : right)
  const weighed = (child: number) => forest.covers[child]! * conditional(forest, row, known, child)
  return (weighed(left) + weighed(right)) / forest.covers[node]!
}

/** Computes Shapley values by the formula, over all subsets. */
function byDefinition(forest: Forest, row: Float32Array, width: number): number[] {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const worth = (known: ReadonlySet<number>) =>
    [...forest.roots.slice(0, -1)].reduce((sum, root) => sum + conditional(forest, row, known, root), 0)
  return Array.from({ length: width }, (_, feature) => {
    let value = 0
    for (let subset = 0; subset < 2 ** width; subset++) {
      if ((subset >> feature) & 1) continue
      const known = new Set(Array.from({ length: width }, (_, other) => other).filter((other) => (subset >> other) & 1))
      const weight = (factorial(known.size) * factorial(width - known.size - 1)) / factorial(width)
      value += weight * (worth(new Set([...known, feature])) - worth(known))
    }
    return value
  })
}

test('contributions are the Shapley values of the trees, for numbers, unknown values and categories', () => {
  const { forest } = boosted(data, { trees: 8 })
  const shap = treeShap(forest)
  for (const index of [0, 1, 2, 3, 17, 99]) {
    const row = rowOf(data, index)
    const into = new Float64Array(data.width)
    shap(row, into)
    byDefinition(forest, row, data.width).forEach((value, feature) => expect(into[feature]).toBeCloseTo(value, 9))
  }
})

test('contributions and the base add up to the margin within a millionth', () => {
  const { forest } = boosted(data, { trees: 200, leavesMax: 64, depthMax: 9, learningRate: 0.2 })
  const shap = treeShap(forest)
  for (let index = 0; index < 100; index++) {
    const row = rowOf(data, index)
    const into = new Float64Array(data.width)
    const base = shap(row, into)
    expect(Math.abs(base + into.reduce((sum, value) => sum + value, 0) - plainMargin(forest, row))).toBeLessThan(1e-6)
  }
})

test('a feature that no tree uses contributes nothing, and contributions are added to existing values', () => {
  const { forest } = boosted(
    { ...data, labels: data.labels.map((_, row) => (data.rows[row * 4]! > 40 ? 1 : 0)) },
    { trees: 1, leavesMax: 2 },
  )
  const into = new Float64Array([0, 0, 0, 7])
  treeShap(forest)(rowOf(data, 0), into)
  expect(into[0]).not.toBe(0)
  expect([...into.subarray(1)]).toEqual([0, 0, 7])
})

/**
 * Computed from the same trees by the Python package shap 0.51.0, `TreeExplainer(…,
 * feature_perturbation="tree_path_dependent")`.
 */
const reference = [
  [6.6907719766902, 4.087287291403654, -1.127961062984416],
  [-2.9366940619215853, -5.42844237486176, 2.6926334427426983],
  [0.4185340766396456, -5.908900708021547, -6.318070477114924],
  [3.843937951540091, -0.7688413605174641, 3.592561589472476],
]

test('contributions are those of the shap package', () => {
  const [count, width] = [60, 3]
  const rows = Float32Array.from(
    { length: count * width },
    (_, i) => Math.round(20 * Math.sin(1.7 * (i + 1) * ((i % width) + 1))) / 4,
  )
  const labels = Float64Array.from(
    { length: count },
    (_, i) => rows[i * width]! * rows[i * width + 1]! + 2 * (rows[i * width + 2]! > 1 ? 1 : 0),
  )
  const train = { ...data, count, width, rows, labels, featureNames: ['a', 'b', 'c'], categories: undefined }
  const options = {
    ...defaultBoosting,
    ...wholeTrees,
    trees: 3,
    leavesMax: 6,
    leafRowsMin: 3,
    learningRate: 0.5,
    l2: 0,
  }
  const { forest } = boost({ train, validation: undefined, weights: null }, squaredLoss, options, 1)
  const shap = treeShap(forest)
  reference.forEach((expected, row) => {
    const into = new Float64Array(width)
    expect(shap(rows.subarray(row * width, (row + 1) * width), into)).toBeCloseTo(0.98645821, 8)
    expected.forEach((value, feature) => expect(into[feature]).toBeCloseTo(value, 12))
  })
})
