import type { IsotonicCalibrator } from './calibration.ts'
import { rankRows } from './ranked-rows.ts'

export interface Block {
  readonly weight: number
  readonly value: number
  /** Index range of its values: `from` to `to` − 1. */
  readonly from: number
  readonly to: number
}

/**
 * Returns the non-decreasing sequence that is closest to the values in weighted least squares, by pooling adjacent
 * violators (Ayer et al. 1955).
 */
export function poolAdjacentViolators(values: ArrayLike<number>, weights: ArrayLike<number>): readonly Block[] {
  const blocks: Block[] = []
  for (let index = 0; index < values.length; index++) {
    let block: Block = { weight: weights[index]!, value: values[index]!, from: index, to: index + 1 }
    for (let before = blocks.at(-1); before !== undefined && before.value >= block.value; before = blocks.at(-1)) {
      blocks.pop()
      const weight = before.weight + block.weight
      block = {
        weight,
        value: (before.weight * before.value + block.weight * block.value) / weight,
        from: before.from,
        to: block.to,
      }
    }
    blocks.push(block)
  }
  return blocks
}

/**
 * Fits isotonic regression of the labels on the scores (Zadrozny and Elkan 2002). Each block is placed at its rows'
 * mean score, and linear interpolation between blocks preserves the order of scores within them. Values are limited by
 * the rule of succession for the number of rows: a block of a single class would otherwise predict 0 or 1, at which a
 * single row to the contrary has infinite loss.
 */
export function fitIsotonic(labels: Float64Array, scores: Float64Array): IsotonicCalibrator {
  const { count, labels: rankedLabels, scores: rankedScores, ends } = rankRows(labels, scores)
  const distinct: { readonly score: number; readonly meanLabel: number; readonly weight: number }[] = []
  for (let from = 0, index = 0, positives = 0; index < count; index++) {
    positives += rankedLabels[index]!
    if (ends[index] === 0) continue
    const weight = index + 1 - from
    distinct.push({ score: rankedScores[index]!, meanLabel: positives / weight, weight })
    from = index + 1
    positives = 0
  }
  distinct.reverse()
  const weights = distinct.map(({ weight }) => weight)
  const blocks = poolAdjacentViolators(
    distinct.map(({ meanLabel }) => meanLabel),
    weights,
  )
  return {
    method: 'isotonic',
    scores: blocks.map(({ from, to, weight }) =>
      distinct.slice(from, to).reduce((sum, one) => sum + (one.weight / weight) * one.score, 0),
    ),
    values: blocks.map(({ value }) => Math.min(Math.max(value, 1 / (count + 2)), (count + 1) / (count + 2))),
  }
}

export function applyIsotonic({ scores, values }: IsotonicCalibrator, score: number): number {
  let low = 0
  let high = scores.length - 1
  if (score <= scores[low]!) return values[low]!
  if (score >= scores[high]!) return values[high]!
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (scores[middle]! <= score) low = middle
    else high = middle
  }
  const share = (score - scores[low]!) / (scores[high]! - scores[low]!)
  return Math.min(values[low]! + share * (values[high]! - values[low]!), values[high]!)
}
