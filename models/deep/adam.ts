/** Gradient descent with a step size per weight (Kingma and Ba 2015, algorithm 1). */
export interface Adam {
  /** Updates the blocks in place. */
  step(blocks: readonly Float32Array[], gradients: readonly Float32Array[], learningRate: number): void
}

const FIRST_MOMENT_KEPT = 0.9
const SECOND_MOMENT_KEPT = 0.999
const SMALL = 1e-7

/**
 * Returns an Adam optimiser for blocks of these sizes. Blocks marked in `decays` also shrink by `weightDecay ×
 * learningRate` per step, decoupled from the gradient (AdamW; Loshchilov and Hutter 2019).
 */
export function createAdam(sizes: readonly number[], decays: readonly boolean[], weightDecay: number): Adam {
  const firsts = sizes.map((size) => new Float64Array(size))
  const seconds = sizes.map((size) => new Float64Array(size))
  let steps = 0
  return {
    step(blocks, gradients, learningRate) {
      steps++
      const stepSize = (learningRate * Math.sqrt(1 - SECOND_MOMENT_KEPT ** steps)) / (1 - FIRST_MOMENT_KEPT ** steps)
      blocks.forEach((weights, k) => {
        const [gradient, first, second] = [gradients[k]!, firsts[k]!, seconds[k]!]
        const kept = decays[k]! ? 1 - weightDecay * learningRate : 1
        for (let i = 0; i < weights.length; i++) {
          const slope = gradient[i]!
          first[i] = FIRST_MOMENT_KEPT * first[i]! + (1 - FIRST_MOMENT_KEPT) * slope
          second[i] = SECOND_MOMENT_KEPT * second[i]! + (1 - SECOND_MOMENT_KEPT) * slope * slope
          weights[i] = kept * weights[i]! - (stepSize * first[i]!) / (Math.sqrt(second[i]!) + SMALL)
        }
      })
    },
  }
}
