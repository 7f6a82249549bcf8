import { depthOf, goesLeft, type Forest } from './forest.ts'

/**
 * Adds each feature's contribution to a row's margin to `into`, and returns the mean margin over the training rows:
 * together they are the row's margin. Computes exact Shapley values of the trees' conditional expectations (Lundberg,
 * Erion, Lee 2018, "Consistent Individualized Feature Attribution for Tree Ensembles", algorithm 2) in O(leaves ×
 * depth²) per tree.
 */
export type ShapValues = (row: Float32Array, into: Float64Array) => number

export function treeShap(forest: Forest): ShapValues {
  const { roots, features, rights, values, covers } = forest
  let depthMax = 0
  let base = forest.bias
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    depthMax = Math.max(depthMax, depthOf(forest, roots[tree]!))
    base += expectation(forest, roots[tree]!)
  }
  // Every level of the traversal copies the path above it and adds an entry.
  const size = ((depthMax + 2) * (depthMax + 3)) / 2
  const path: Path = {
    features: new Int32Array(size),
    zeros: new Float64Array(size),
    ones: new Float64Array(size),
    weights: new Float64Array(size),
  }

  return (row, into) => {
    /** `length` is the number of entries of the parent's path, which begins at `above`. */
    function visit(node: number, above: number, length: number, zero: number, one: number, feature: number): void {
      const start = above + length
      copyPath(path, above, start, length)
      extend(path, start, length, zero, one, feature)
      const splitFeature = features[node]!
      if (splitFeature === -1) {
        for (let entry = 1; entry <= length; entry++) {
          const index = start + entry
          into[path.features[index]!]! +=
            unwoundSum(path, start, length, entry) * (path.ones[index]! - path.zeros[index]!) * values[node]!
        }
        return
      }
      let depth = length
      let zeroAbove = 1
      let oneAbove = 1
      for (let entry = 1; entry <= length; entry++) {
        if (path.features[start + entry] !== splitFeature) continue
        zeroAbove = path.zeros[start + entry]!
        oneAbove = path.ones[start + entry]!
        unwind(path, start, length, entry)
        depth--
        break
      }
      const left = goesLeft(forest, node, row[splitFeature]!)
      const taken = left ? node + 1 : rights[node]!
      const other = left ? rights[node]! : node + 1
      visit(taken, start, depth + 1, (zeroAbove * covers[taken]!) / covers[node]!, oneAbove, splitFeature)
      visit(other, start, depth + 1, (zeroAbove * covers[other]!) / covers[node]!, 0, splitFeature)
    }
    for (let tree = 0; tree + 1 < roots.length; tree++) visit(roots[tree]!, 0, 0, 1, 1, -1)
    return base
  }
}

/**
 * The path to a node: its features, the shares of rows that follow it when the feature is unknown (`zeros`) and known
 * (`ones`), and the weights of subsets by size.
 */
interface Path {
  readonly features: Int32Array
  readonly zeros: Float64Array
  readonly ones: Float64Array
  readonly weights: Float64Array
}

function expectation({ features, rights, values, covers }: Forest, node: number): number {
  if (features[node] === -1) return values[node]!
  const of = (child: number) => covers[child]! * expectation({ features, rights, values, covers } as Forest, child)
  return (of(node + 1) + of(rights[node]!)) / covers[node]!
}

function copyPath(path: Path, from: number, to: number, length: number): void {
  for (const entries of [path.features, path.zeros, path.ones, path.weights])
    entries.copyWithin(to, from, from + length)
}

function extend(
  { features, zeros, ones, weights }: Path,
  start: number,
  length: number,
  zero: number,
  one: number,
  feature: number,
): void {
  features[start + length] = feature
  zeros[start + length] = zero
  ones[start + length] = one
  weights[start + length] = length === 0 ? 1 : 0
  for (let i = length - 1; i >= 0; i--) {
    weights[start + i + 1]! += (one * weights[start + i]! * (i + 1)) / (length + 1)
    weights[start + i] = (zero * weights[start + i]! * (length - i)) / (length + 1)
  }
}

/** Undoes `extend` for an entry; `last` is the index of the last entry. */
function unwind({ features, zeros, ones, weights }: Path, start: number, last: number, entry: number): void {
  const zero = zeros[start + entry]!
  const one = ones[start + entry]!
  let next = weights[start + last]!
  for (let i = last - 1; i >= 0; i--) {
    if (one === 0) {
      weights[start + i] = (weights[start + i]! * (last + 1)) / (zero * (last - i))
      continue
    }
    const before = weights[start + i]!
    weights[start + i] = (next * (last + 1)) / ((i + 1) * one)
    next = before - (weights[start + i]! * zero * (last - i)) / (last + 1)
  }
  for (let i = start + entry; i < start + last; i++) {
    features[i] = features[i + 1]!
    zeros[i] = zeros[i + 1]!
    ones[i] = ones[i + 1]!
  }
}

/** Returns the sum of the path's weights without an entry. */
function unwoundSum({ zeros, ones, weights }: Path, start: number, last: number, entry: number): number {
  const zero = zeros[start + entry]!
  const one = ones[start + entry]!
  let next = weights[start + last]!
  let total = 0
  for (let i = last - 1; i >= 0; i--) {
    if (one === 0) {
      total += (weights[start + i]! * (last + 1)) / (zero * (last - i))
      continue
    }
    const weight = (next * (last + 1)) / ((i + 1) * one)
    total += weight
    next = weights[start + i]! - (weight * zero * (last - i)) / (last + 1)
  }
  return total
}
