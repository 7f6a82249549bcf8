import type { Design } from '../../models/linear/standardise.ts'

/**
 * A small data set that Python generates by the same formulas; the numbers in the tests that use it were computed with
 * scikit-learn 1.9.1 (NumPy, tolerance 1e-14): x[i, j] = (j + 1)·sin(1.7·i·(j + 1) + j).
 */
const ROWS = 60
const COLUMNS = 4

const x = (i: number, j: number) => Math.sin(i * (j + 1) * 1.7 + j) * (j + 1)
const each = (value: (i: number) => number) => Float64Array.from({ length: ROWS }, (_, i) => value(i))

export const design: Design = {
  count: ROWS,
  width: COLUMNS,
  columns: Float64Array.from({ length: ROWS * COLUMNS }, (_, k) => x(k % ROWS, Math.floor(k / ROWS))),
}
export const classes = each((i) => (x(i, 0) - 0.5 * x(i, 1) + 0.3 * x(i, 2) + 0.8 * Math.sin(3.3 * i) > 0.1 ? 1 : 0))
export const targets = each((i) => 2 + x(i, 0) - 0.5 * x(i, 1) + 0.25 * Math.cos(5.1 * i))
export const estimates = each((i) => targets[i]! + 0.3 * Math.sin(i))
/** Ten steps, so that there are ties. */
export const scores = each((i) => Math.round(10 / (1 + Math.exp(-(x(i, 0) - 0.3 * x(i, 3))))) / 10)
export const unweighted = each(() => 1)
export const weighted = each((i) => 1 + (i % 3))
