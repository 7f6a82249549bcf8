/** Adam for a table of which each step touches few rows: only those are updated, as in TensorFlow's LazyAdam. */
export interface RowAdam {
  /** Accumulates the gradients of these rows, given row by row. */
  accumulate(rows: Int32Array, gradients: Float32Array): void
  /** Updates the accumulated rows with the mean gradient over this many batches. */
  apply(learningRate: number, batches: number): void
}

const BETA_1 = 0.9
const BETA_2 = 0.999
const EPSILON = 1e-7

export function createRowAdam(table: Float32Array, width: number): RowAdam {
  const firstMoments = new Float32Array(table.length)
  const secondMoments = new Float32Array(table.length)
  const accumulated = new Map<number, Float32Array>()
  let steps = 0
  return {
    accumulate(rows, gradients) {
      rows.forEach((row, place) => {
        const sum = accumulated.get(row) ?? new Float32Array(width)
        accumulated.set(row, sum)
        for (let i = 0; i < width; i++) sum[i]! += gradients[place * width + i]!
      })
    },
    apply(learningRate, batches) {
      steps++
      const stepSize = (learningRate * Math.sqrt(1 - BETA_2 ** steps)) / (1 - BETA_1 ** steps)
      for (const [row, sum] of accumulated)
        for (let i = 0; i < width; i++) {
          const at = row * width + i
          const slope = sum[i]! / batches
          firstMoments[at] = BETA_1 * firstMoments[at]! + (1 - BETA_1) * slope
          secondMoments[at] = BETA_2 * secondMoments[at]! + (1 - BETA_2) * slope * slope
          table[at]! -= (stepSize * firstMoments[at]!) / (Math.sqrt(secondMoments[at]!) + EPSILON)
        }
      accumulated.clear()
    },
  }
}
