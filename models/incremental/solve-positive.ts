/**
 * Solves Ax = b by Cholesky decomposition for a symmetric positive definite A [n × n]. Returns `undefined` if A is not,
 * or if a pivot is at most `pivotMin`.
 */
export function solvePositive(matrix: Float64Array, right: Float64Array, pivotMin = 0): Float64Array | undefined {
  const n = right.length
  const lower = matrix.slice()
  for (let column = 0; column < n; column++) {
    let pivot = lower[column * n + column]!
    for (let k = 0; k < column; k++) pivot -= lower[column * n + k]! ** 2
    if (!(pivot > pivotMin)) return undefined
    const root = Math.sqrt(pivot)
    lower[column * n + column] = root
    for (let row = column + 1; row < n; row++) {
      let sum = lower[row * n + column]!
      for (let k = 0; k < column; k++) sum -= lower[row * n + k]! * lower[column * n + k]!
      lower[row * n + column] = sum / root
    }
  }
  const x = right.slice()
  for (let row = 0; row < n; row++) {
    for (let k = 0; k < row; k++) x[row]! -= lower[row * n + k]! * x[k]!
    x[row]! /= lower[row * n + row]!
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let k = row + 1; k < n; k++) x[row]! -= lower[k * n + row]! * x[k]!
    x[row]! /= lower[row * n + row]!
  }
  return x
}
