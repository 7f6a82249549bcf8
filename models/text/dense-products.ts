/** A matrix product that a generator requests, so that a native library may compute it faster. */
export interface ProductRequest {
  /**
   * `logits`: Σ by[k, i] · vectors[row, i] for all rows and outputs, [count × outputs] of weights [outputs ×
   * dimension]; `gradient`: Σ by[row, k] · vectors[row, i] over the rows, [outputs × dimension] of errors [count ×
   * outputs].
   */
  readonly what: 'logits' | 'gradient'
  readonly by: Float64Array
  /** Vectors [count × dimension]. */
  readonly vectors: Float32Array
  readonly dimension: number
}

/** A computation that yields matrix products until it has its result. */
export type ProductComputation<Result> = Generator<ProductRequest, Result, Float64Array>

/** Runs a computation to its end in plain arithmetic. */
export function runComputation<Result>(computation: ProductComputation<Result>): Result {
  let step = computation.next()
  while (step.done !== true) step = computation.next(productOf(step.value))
  return step.value
}

function productOf({ what, by, vectors, dimension }: ProductRequest): Float64Array {
  const count = vectors.length / dimension
  if (what === 'logits') {
    const logits = new Float64Array((count * by.length) / dimension)
    addLogits(by, vectors, dimension, logits)
    return logits
  }
  const gradient = new Float64Array((by.length / count) * dimension)
  addGradient(by, vectors, dimension, gradient)
  return gradient
}

/**
 * Computes logits[row, k] += Σ weights[k, i] · vectors[row, i], with weights [outputs × dimension] and logits [count ×
 * outputs]. Handles four rows and two outputs at a time to reuse every loaded number: twice as fast as one by one, as
 * long as the innermost loop takes nothing out of an array literal.
 */
export function addLogits(weights: Float64Array, vectors: Float32Array, dimension: number, logits: Float64Array): void {
  const count = vectors.length / dimension
  const outputs = logits.length / count
  for (let row = 0; row < count; row += 4) {
    // Past the end the last row is repeated, and its result is not added.
    const [second, third, fourth] = [row + 1, row + 2, row + 3].map((one) => Math.min(one, count - 1)) as [
      number,
      number,
      number,
    ]
    const [a, b, c, d] = [row * dimension, second * dimension, third * dimension, fourth * dimension]
    for (let k = 0; k < outputs; k += 2) {
      const next = Math.min(k + 1, outputs - 1)
      const p = k * dimension
      const q = next * dimension
      let ap = 0
      let bp = 0
      let cp = 0
      let dp = 0
      let aq = 0
      let bq = 0
      let cq = 0
      let dq = 0
      for (let i = 0; i < dimension; i++) {
        const ofA = vectors[a + i]!
        const ofB = vectors[b + i]!
        const ofC = vectors[c + i]!
        const ofD = vectors[d + i]!
        const ofP = weights[p + i]!
        const ofQ = weights[q + i]!
        ap += ofA * ofP
        bp += ofB * ofP
        cp += ofC * ofP
        dp += ofD * ofP
        aq += ofA * ofQ
        bq += ofB * ofQ
        cq += ofC * ofQ
        dq += ofD * ofQ
      }
      add(row, k, ap)
      if (second > row) add(second, k, bp)
      if (third > second) add(third, k, cp)
      if (fourth > third) add(fourth, k, dp)
      if (next === k) continue
      add(row, next, aq)
      if (second > row) add(second, next, bq)
      if (third > second) add(third, next, cq)
      if (fourth > third) add(fourth, next, dq)
    }
  }

  function add(row: number, k: number, sum: number): void {
    logits[row * outputs + k]! += sum
  }
}

/** Computes gradient[k, i] += Σ errors[row, k] · vectors[row, i], also for four rows and two outputs at a time. */
export function addGradient(
  errors: Float64Array,
  vectors: Float32Array,
  dimension: number,
  gradient: Float64Array,
): void {
  const count = vectors.length / dimension
  const outputs = errors.length / count
  for (let row = 0; row < count; row += 4) {
    const rows = [row, row + 1, row + 2, row + 3].map((one) => Math.min(one, count - 1))
    const [a, b, c, d] = rows.map((one) => one * dimension) as [number, number, number, number]
    // Rows past the end have an error of 0.
    const errorOf = (offset: number, k: number) =>
      row + offset < count && k < outputs ? errors[(row + offset) * outputs + k]! : 0
    for (let k = 0; k < outputs; k += 2) {
      const next = Math.min(k + 1, outputs - 1)
      const p = k * dimension
      const q = next * dimension
      const ap = errorOf(0, k)
      const bp = errorOf(1, k)
      const cp = errorOf(2, k)
      const dp = errorOf(3, k)
      const aq = errorOf(0, k + 1)
      const bq = errorOf(1, k + 1)
      const cq = errorOf(2, k + 1)
      const dq = errorOf(3, k + 1)
      for (let i = 0; i < dimension; i++) {
        const ofA = vectors[a + i]!
        const ofB = vectors[b + i]!
        const ofC = vectors[c + i]!
        const ofD = vectors[d + i]!
        gradient[p + i]! += ap * ofA + bp * ofB + cp * ofC + dp * ofD
        gradient[q + i]! += aq * ofA + bq * ofB + cq * ofC + dq * ofD
      }
    }
  }
}
