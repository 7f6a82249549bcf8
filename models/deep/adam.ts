/** Steps against gradients, each weight at a pace of its own (Kingma and Ba 2015, algorithm 1). */
export interface Adam {
  /** Changes the blocks in place. */
  step(blocks: readonly Float32Array[], gradients: readonly Float32Array[], learningRate: number): void
}

const FIRST_MOMENT_KEPT = 0.9
const SECOND_MOMENT_KEPT = 0.999
const SMALL = 1e-7

/**
 * Adam for blocks of these sizes. Where `decays` says so, a weight also loses `weightDecay × learningRate` of itself in
 * a step, apart from its gradient (Loshchilov and Hutter 2019).
 */
export function createAdam(sizes: readonly number[], decays: readonly boolean[], weightDecay: number): Adam {
  const firsts = sizes.map((size) => new Float64Array(size))
  const seconds = sizes.map((size) => new Float64Array(size))
  let steps = 0
  return {
    step(blocks, gradients, learningRate) {
      steps++
      const pace = (learningRate * Math.sqrt(1 - SECOND_MOMENT_KEPT ** steps)) / (1 - FIRST_MOMENT_KEPT ** steps)
      blocks.forEach((weights, k) => {
        const [gradient, first, second] = [gradients[k]!, firsts[k]!, seconds[k]!]
        const kept = decays[k]! ? 1 - weightDecay * learningRate : 1
        for (let i = 0; i < weights.length; i++) {
          const slope = gradient[i]!
          first[i] = FIRST_MOMENT_KEPT * first[i]! + (1 - FIRST_MOMENT_KEPT) * slope
          second[i] = SECOND_MOMENT_KEPT * second[i]! + (1 - SECOND_MOMENT_KEPT) * slope * slope
          weights[i] = kept * weights[i]! - (pace * first[i]!) / (Math.sqrt(second[i]!) + SMALL)
        }
      })
    },
  }
}
