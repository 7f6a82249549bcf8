import type { FeatureBins } from './bins.ts'
import { BIN_SUMS, MISSING_BIN } from './bins.ts'
import type { BoostingOptions } from './options.ts'

/** Bounds on the values of the leaves below a node, set by monotone splits above it. */
export interface ValueBounds {
  readonly lower: number
  readonly upper: number
}

export interface Sums {
  readonly gradient: number
  readonly hessian: number
  readonly rows: number
}

/** The best split of a leaf. */
export interface Split {
  readonly feature: number
  readonly gain: number
  /** By bin of the feature: 1 if it goes left. */
  readonly left: Uint8Array
  /** The last bin that goes left for a numeric feature; 0 for a categorical one. */
  readonly bin: number
  readonly missingLeft: boolean
  readonly leftSums: Sums
  readonly rightSums: Sums
}

/**
 * Added to a category's second derivative when categories are ordered by mean, and the fewest rows of a category in a
 * set (cat_smooth of LightGBM; Ke et al. 2017).
 */
const CATEGORY_SMOOTHING = 10
const CATEGORY_L2 = 10
const CATEGORY_SET_MAX = 32
const CATEGORY_ROWS_MIN = 100

/** Returns a leaf's Newton step, −G ∕ (H + λ), clamped to its bounds. */
export function leafValue(gradient: number, hessian: number, l2: number, { lower, upper }: ValueBounds): number {
  const curvature = hessian + l2
  return curvature > 0 ? Math.min(Math.max(-gradient / curvature, lower), upper) : 0
}

/**
 * Returns twice the reduction of the second-order loss by a leaf's value: G² ∕ (H + λ) where no bound binds (Chen and
 * Guestrin 2016, 2.2).
 */
function lossReduction(gradient: number, hessian: number, l2: number, valueBounds: ValueBounds): number {
  const value = leafValue(gradient, hessian, l2, valueBounds)
  return -(2 * gradient + (hessian + l2) * value) * value
}

interface Best {
  gain: number
  bin: number
  missingLeft: boolean
  gradient: number
  hessian: number
  rows: number
}

/** Returns the best split on one feature, or `undefined` if no valid split gains more than `above`. */
export function bestSplit(
  histogram: Float64Array,
  feature: number,
  { count, bounds }: FeatureBins,
  start: number,
  sums: Sums,
  options: BoostingOptions,
  valueBounds: ValueBounds,
  direction: number,
  above: number,
): Split | undefined {
  if (bounds === null)
    return bestOfCategories(
      histogram.subarray(start, start + BIN_SUMS * count),
      feature,
      sums,
      options,
      valueBounds,
      above,
    )
  const best: Best = { gain: above, bin: 0, missingLeft: false, gradient: 0, hessian: 0, rows: 0 }
  scan(histogram, start, count, sums, options, valueBounds, direction, false, best)
  const missing = histogram[start + BIN_SUMS * MISSING_BIN + 2]!
  if (missing > 0) scan(histogram, start, count, sums, options, valueBounds, direction, true, best)
  if (best.bin === 0) return undefined
  // Without missing values in training, they go the way of most rows.
  const missingLeft = missing > 0 ? best.missingLeft : 2 * best.rows > sums.rows
  const left = new Uint8Array(256)
  left.fill(1, 1, best.bin + 1)
  left[MISSING_BIN] = missingLeft ? 1 : 0
  return { feature, left, bin: best.bin, ...divided(best, sums), missingLeft }
}

/** Scans the thresholds from the lowest bin upwards, with the missing values on one side. */
function scan(
  histogram: Float64Array,
  start: number,
  bins: number,
  sums: Sums,
  { l2, leafRowsMin, leafHessianMin }: BoostingOptions,
  valueBounds: ValueBounds,
  direction: number,
  missingLeft: boolean,
  best: Best,
): void {
  const free = valueBounds.lower === -Infinity && valueBounds.upper === Infinity && direction === 0
  const { gradient: allGradient, hessian: allHessian, rows: allRows } = sums
  const whole = lossReduction(allGradient, allHessian, l2, valueBounds)
  let gradient = 0
  let hessian = 0
  let rows = 0
  if (missingLeft) {
    gradient = histogram[start]!
    hessian = histogram[start + 1]!
    rows = histogram[start + 2]!
  }
  for (let bin = 1; bin < bins; bin++) {
    const offset = start + BIN_SUMS * bin
    gradient += histogram[offset]!
    hessian += histogram[offset + 1]!
    rows += histogram[offset + 2]!
    if (rows < leafRowsMin || hessian < leafHessianMin) continue
    const rightHessian = allHessian - hessian
    if (allRows - rows < leafRowsMin || rightHessian < leafHessianMin) return
    const rightGradient = allGradient - gradient
    let gain
    if (free)
      gain = (gradient * gradient) / (hessian + l2) + (rightGradient * rightGradient) / (rightHessian + l2) - whole
    else {
      const step =
        leafValue(rightGradient, rightHessian, l2, valueBounds) - leafValue(gradient, hessian, l2, valueBounds)
      if (direction * step < 0) continue
      gain =
        lossReduction(gradient, hessian, l2, valueBounds) +
        lossReduction(rightGradient, rightHessian, l2, valueBounds) -
        whole
    }
    if (gain > best.gain) {
      best.gain = gain
      best.bin = bin
      best.missingLeft = missingLeft
      best.gradient = gradient
      best.hessian = hessian
      best.rows = rows
    }
  }
}

/**
 * Returns the best split on a categorical feature. Few categories are split one-vs-rest. Many are ordered by their mean
 * derivative, and the best prefix from either end is taken (Fisher 1958). Missing values and categories outside the set
 * go right.
 */
function bestOfCategories(
  histogram: Float64Array,
  feature: number,
  sums: Sums,
  options: BoostingOptions,
  valueBounds: ValueBounds,
  above: number,
): Split | undefined {
  const { leafRowsMin, leafHessianMin, oneHotCategoriesMax } = options
  const rowsOf = (bin: number) => histogram[BIN_SUMS * bin + 2]!
  const used: number[] = []
  for (let bin = 1; bin < histogram.length / BIN_SUMS; bin++) if (rowsOf(bin) > 0) used.push(bin)
  const alone = used.length <= oneHotCategoriesMax
  const l2 = options.l2 + (alone ? 0 : CATEGORY_L2)
  const whole = lossReduction(sums.gradient, sums.hessian, options.l2, valueBounds)
  const best: Best = { gain: above, bin: 0, missingLeft: false, gradient: 0, hessian: 0, rows: 0 }
  let members: number[] = []

  function consider(bins: readonly number[], gradient: number, hessian: number, rows: number): void {
    if (rows < leafRowsMin || hessian < leafHessianMin) return
    if (sums.rows - rows < leafRowsMin || sums.hessian - hessian < leafHessianMin) return
    const gain =
      lossReduction(gradient, hessian, l2, valueBounds) +
      lossReduction(sums.gradient - gradient, sums.hessian - hessian, l2, valueBounds) -
      whole
    if (gain <= best.gain) return
    Object.assign(best, { gain, gradient, hessian, rows })
    members = [...bins]
  }

  if (alone) {
    for (const bin of used) consider([bin], histogram[BIN_SUMS * bin]!, histogram[BIN_SUMS * bin + 1]!, rowsOf(bin))
  } else {
    const meanDerivative = (bin: number) =>
      histogram[BIN_SUMS * bin]! / (histogram[BIN_SUMS * bin + 1]! + CATEGORY_SMOOTHING)
    const ordered = used
      .filter((bin) => rowsOf(bin) >= CATEGORY_SMOOTHING)
      .sort((a, b) => meanDerivative(a) - meanDerivative(b) || a - b)
    for (const line of [ordered, ordered.toReversed()]) {
      let gradient = 0
      let hessian = 0
      let rows = 0
      let since = 0
      for (let length = 1; length <= Math.min(line.length, CATEGORY_SET_MAX); length++) {
        const bin = line[length - 1]!
        gradient += histogram[BIN_SUMS * bin]!
        hessian += histogram[BIN_SUMS * bin + 1]!
        rows += rowsOf(bin)
        since += rowsOf(bin)
        if (since < CATEGORY_ROWS_MIN) continue
        since = 0
        consider(line.slice(0, length), gradient, hessian, rows)
      }
    }
  }
  if (members.length === 0) return undefined
  const left = new Uint8Array(256)
  for (const bin of members) left[bin] = 1
  return { feature, left, bin: 0, missingLeft: false, ...divided(best, sums) }
}

function divided({ gain, gradient, hessian, rows }: Best, sums: Sums): Pick<Split, 'gain' | 'leftSums' | 'rightSums'> {
  return {
    gain,
    leftSums: { gradient, hessian, rows },
    rightSums: { gradient: sums.gradient - gradient, hessian: sums.hessian - hessian, rows: sums.rows - rows },
  }
}
