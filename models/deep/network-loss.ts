import { softplus } from '../linear/penalised-logistic.ts'
import type { Targets } from './network-data.ts'
import type { Head } from './network-parameters.ts'

/**
 * The mean loss of a network's sums: log loss of classes, squared error in deviations of the label. What weighs nothing
 * doesn't count.
 */
export function meanLoss(head: Head, sums: ArrayLike<number>, { values, weights }: Targets): number {
  let [loss, weight] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    const [sum, value] = [sums[i]!, values[i]!]
    loss += weights[i]! * (head === 'regression' ? (sum - value) ** 2 : softplus(sum) - sum * value)
    weight += weights[i]!
  }
  return weight === 0 ? 0 : loss / weight
}
