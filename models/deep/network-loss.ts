import { softplus } from '../linear/penalised-logistic.ts'
import type { Targets } from './network-data.ts'
import type { Head } from './network-parameters.ts'

/**
 * Returns the weighted mean loss of a network's outputs before activation: log loss for classes, squared error in
 * standard deviations of the label for a regression. `outputs` is the number of outputs per row.
 */
export function meanLoss(head: Head, sums: ArrayLike<number>, { values, weights }: Targets, outputs: number): number {
  if (head === 'classes') return meanLossOfClasses(sums, { values, weights }, outputs)
  let [loss, weight] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    const [sum, value] = [sums[i]!, values[i]!]
    loss += weights[i]! * (head === 'regression' ? (sum - value) ** 2 : softplus(sum) - sum * value)
    weight += weights[i]!
  }
  return weight === 0 ? 0 : loss / weight
}

/** Returns the softmax cross-entropy. All outputs of a row have the same weight. */
function meanLossOfClasses(sums: ArrayLike<number>, { values, weights }: Targets, classes: number): number {
  let [loss, weight] = [0, 0]
  for (let at = 0; at < values.length; at += classes) {
    let highest = Number.NEGATIVE_INFINITY
    for (let k = 0; k < classes; k++) highest = Math.max(highest, sums[at + k]!)
    let [total, right] = [0, 0]
    for (let k = 0; k < classes; k++) {
      total += Math.exp(sums[at + k]! - highest)
      right += values[at + k]! * sums[at + k]!
    }
    loss += weights[at]! * (Math.log(total) + highest - right)
    weight += weights[at]!
  }
  return weight === 0 ? 0 : loss / weight
}
