import type { Dataset } from '../../../models/model.ts'
import { boost, type Boosted } from '../../../models/boosting/boost.ts'
import { goesLeft, type Forest } from '../../../models/boosting/forest.ts'
import { logLossOfMargins } from '../../../models/boosting/loss.ts'
import { defaultBoosting, type BoostingOptions } from '../../../models/boosting/options.ts'
import { random } from '../../../models/random.ts'

/** Settings with which every tree sees all rows and features. */
export const wholeTrees = { rowShare: 1, columnShare: 1, depthMax: 6, leavesMax: 31, learningRate: 0.05 }

export const COLOURS = ['red', 'green', 'blue', 'grey', 'black', 'white']

/** Classes that depend on a number, on whether another number is missing, and on a category; the rest is noise. */
export function mixedData(count: number, seed = 1): Dataset {
  const next = random(seed)
  const width = 4
  const rows = new Float32Array(count * width)
  const labels = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    const age = Math.floor(next() * 60) + 18
    const income = next() < 0.25 ? Number.NaN : next() * 1e5
    const colour = Math.floor(next() * (COLOURS.length + 1))
    rows.set([age, income, colour, next()], row * width)
    const margin =
      (age - 45) / 10 + (Number.isNaN(income) ? 1.2 : income / 1e5 - 0.5) + ([0, 3, 5].includes(colour) ? 1 : -1)
    labels[row] = next() < 1 / (1 + Math.exp(-margin)) ? 1 : 0
  }
  return {
    count,
    width,
    rows,
    labels,
    texts: Array.from({ length: count }, () => null),
    times: new Float64Array(count).fill(Number.NaN),
    featureNames: ['age', 'income', 'colour', 'noise'],
    categories: [null, null, COLOURS, null],
  }
}

export function boosted(data: Dataset, options: Partial<BoostingOptions> = {}, validation?: Dataset): Boosted {
  return boost(
    { train: data, validation, weights: null },
    logLossOfMargins,
    { ...defaultBoosting, ...wholeTrees, trees: 20, leafRowsMin: 5, ...options },
    3,
  )
}

/** Computes the margin by the definition of a forest: walks each tree from the root down. */
export function plainMargin(forest: Forest, row: ArrayLike<number>): number {
  let margin = forest.bias
  for (let tree = 0; tree + 1 < forest.roots.length; tree++) {
    let node = forest.roots[tree]!
    while (forest.features[node] !== -1)
      node = goesLeft(forest, node, row[forest.features[node]!]!) ? node + 1 : forest.rights[node]!
    margin += forest.values[node]!
  }
  return margin
}

export function rowOf({ rows, width }: Dataset, index: number): Float32Array {
  return rows.subarray(index * width, (index + 1) * width)
}
