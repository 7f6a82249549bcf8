import type { Layer } from './network-parameters.ts'
import { applyLayer } from './score-network.ts'

/**
 * Distance past a bend at which the next piece is evaluated: small enough not to matter, large enough to be past
 * rounding.
 */
const BEHIND_BEND = 1e-9

/** Maximum number of pieces per path; the rest of a path with more bends is treated as linear. */
const PIECES_MAX = 10_000

/**
 * Integrates the gradient of an output along the straight path from fixed inputs to given ones. A ReLU network is
 * linear between the bends where a unit switches on or off, so the integral is a sum over the pieces, exact up to
 * rounding. The returned function writes each input's part, and returns the output's sum at the start of the path.
 */
export function createPathIntegral(
  layers: readonly Layer[],
  from: Float64Array,
  output: number,
): (to: Float64Array, into: Float64Array) => number {
  const direction = new Float64Array(from.length)
  const here = new Float64Array(from.length)
  const sums = layers.map((layer) => new Float64Array(layer.outputs))
  const slopes = layers.map((layer) => new Float64Array(layer.outputs))
  const gradients = layers.map((layer) => new Float64Array(layer.inputs))
  const withoutBiases = layers.map((layer) => ({ ...layer, biases: new Float32Array(layer.outputs) }))

  /** Returns the next bend after a position on the path, at most 1. Leaves in `sums` which units are active there. */
  function nextBend(position: number): number {
    for (let i = 0; i < direction.length; i++) here[i] = from[i]! + position * direction[i]!
    let next = 1
    for (let k = 0; k < layers.length; k++) {
      applyLayer(layers[k]!, k === 0 ? here : rectified(sums[k - 1]!), sums[k]!)
      applyLayer(withoutBiases[k]!, k === 0 ? direction : slopes[k - 1]!, slopes[k]!)
      if (k === layers.length - 1) break
      for (let unit = 0; unit < sums[k]!.length; unit++) {
        const [sum, slope] = [sums[k]![unit]!, slopes[k]![unit]!]
        if (sum > 0 !== slope > 0 && slope !== 0) next = Math.min(next, position - sum / slope)
        if (sum <= 0) slopes[k]![unit] = 0
      }
    }
    return next
  }

  /** Returns the gradient of the output with respect to the inputs, by backpropagation through the active units. */
  function gradient(): Float64Array {
    const last = layers.at(-1)!
    gradients.at(-1)!.forEach((_, input, of) => (of[input] = last.weights[input * last.outputs + output]!))
    for (let k = layers.length - 2; k >= 0; k--) {
      const { inputs, outputs, weights } = layers[k]!
      for (let input = 0; input < inputs; input++) {
        let sum = 0
        for (let unit = 0; unit < outputs; unit++)
          if (sums[k]![unit]! > 0) sum += weights[input * outputs + unit]! * gradients[k + 1]![unit]!
        gradients[k]![input] = sum
      }
    }
    return gradients[0]!
  }

  return (to, into) => {
    into.fill(0)
    for (let i = 0; i < direction.length; i++) direction[i] = to[i]! - from[i]!
    nextBend(0)
    const base = sums.at(-1)![output]!
    let position = 0
    for (let piece = 0; position < 1 && piece < PIECES_MAX; piece++) {
      const inside = Math.min(1, position + BEHIND_BEND)
      const end = piece === PIECES_MAX - 1 ? 1 : Math.max(inside, nextBend(inside))
      const slope = gradient()
      for (let i = 0; i < direction.length; i++) into[i]! += (end - position) * slope[i]! * direction[i]!
      position = end
    }
    return base
  }
}

function rectified(values: Float64Array): Float64Array {
  return values.map((value) => (value > 0 ? value : 0))
}
