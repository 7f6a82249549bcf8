/** Adam for a table of which each step touches few rows: only those are updated, as in TensorFlow's LazyAdam. */
export interface RowAdam {
  /** Accumulates the gradients of these rows, given row by row. */
  gather(rows: Int32Array, gradients: Float32Array): void
  /** Updates the accumulated rows with the mean gradient over this many batches. */
  apply(learningRate: number, batches: number): void
}

const FIRST_KEPT = 0.9
const SECOND_KEPT = 0.999
const SMALL = 1e-7

export function createRowAdam(table: Float32Array, width: number): RowAdam {
  const firsts = new Float32Array(table.length)
  const seconds = new Float32Array(table.length)
  const gathered = new Map<number, Float32Array>()
  let steps = 0
  return {
    gather(rows, gradients) {
      rows.forEach((row, place) => {
        const sum = gathered.get(row) ?? new Float32Array(width)
        gathered.set(row, sum)
        for (let i = 0; i < width; i++) sum[i]! += gradients[place * width + i]!
      })
    },
    apply(learningRate, batches) {
      steps++
      const pace = (learningRate * Math.sqrt(1 - SECOND_KEPT ** steps)) / (1 - FIRST_KEPT ** steps)
      for (const [row, sum] of gathered)
        for (let i = 0; i < width; i++) {
          const at = row * width + i
          const slope = sum[i]! / batches
          firsts[at] = FIRST_KEPT * firsts[at]! + (1 - FIRST_KEPT) * slope
          seconds[at] = SECOND_KEPT * seconds[at]! + (1 - SECOND_KEPT) * slope * slope
          table[at]! -= (pace * firsts[at]!) / (Math.sqrt(seconds[at]!) + SMALL)
        }
      gathered.clear()
    },
  }
}
