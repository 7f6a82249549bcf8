import { sigmoid, softplus } from '../linear/penalised-logistic.ts'

/** Loss that boosting minimises. Margins are log odds for classes, and the estimate itself for rates. */
export interface Loss {
  /** Returns the constant margin with the lowest loss. */
  start(labels: Float64Array, weights: Float64Array | null): number
  /** Writes the first and second derivative of each row's loss with respect to its margin, interleaved: 2 × count. */
  derivatives(labels: Float64Array, margins: Float64Array, weights: Float64Array | null, into: Float32Array): void
  /** Returns the weighted mean loss. */
  mean(labels: Float64Array, margins: Float64Array, weights: Float64Array | null): number
}

/** −y ln p − (1 − y) ln(1 − p), p = σ(margin): its negative derivative is the residual y − p (spec C5). */
export const logLossOfMargins: Loss = {
  start(labels, weights) {
    const share = Math.min(Math.max(weightedMean(labels, weights), 1e-12), 1 - 1e-12)
    return Math.log(share / (1 - share))
  },
  derivatives(labels, margins, weights, into) {
    for (let row = 0; row < labels.length; row++) {
      const weight = weights === null ? 1 : weights[row]!
      const probability = sigmoid(margins[row]!)
      into[2 * row] = weight * (probability - labels[row]!)
      into[2 * row + 1] = weight * probability * (1 - probability)
    }
  },
  mean(labels, margins, weights) {
    return meanOf(labels, weights, (row) => softplus(margins[row]!) - labels[row]! * margins[row]!)
  },
}

/** (y − margin)² / 2; the mean reported is of (y − margin)². */
export const squaredLoss: Loss = {
  start: weightedMean,
  derivatives(labels, margins, weights, into) {
    for (let row = 0; row < labels.length; row++) {
      const weight = weights === null ? 1 : weights[row]!
      into[2 * row] = weight * (margins[row]! - labels[row]!)
      into[2 * row + 1] = weight
    }
  },
  mean(labels, margins, weights) {
    return meanOf(labels, weights, (row) => (labels[row]! - margins[row]!) ** 2)
  },
}

function weightedMean(labels: Float64Array, weights: Float64Array | null): number {
  return meanOf(labels, weights, (row) => labels[row]!)
}

function meanOf(labels: Float64Array, weights: Float64Array | null, value: (row: number) => number): number {
  let sum = 0
  let total = 0
  for (let row = 0; row < labels.length; row++) {
    const weight = weights === null ? 1 : weights[row]!
    sum += weight * value(row)
    total += weight
  }
  return sum / total
}
