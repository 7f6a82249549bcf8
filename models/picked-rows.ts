import type { Batch } from './model.ts'

/** Returns a view of the rows `from` to `to` (exclusive), without texts. */
export function rowsBetween({ rows, width }: Pick<Batch, 'rows' | 'width'>, from: number, to: number): Batch {
  return { count: to - from, width, rows: rows.subarray(from * width, to * width), texts: [] }
}

/** Copies the chosen rows of a matrix [rows × width], in the given order: [chosen × width]. */
export function pickedRows<Numbers extends Float32Array | Float64Array>(
  matrix: Numbers,
  width: number,
  chosen: ArrayLike<number>,
): Numbers {
  const length = chosen.length * width
  const picked = (matrix instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)) as Numbers
  for (let at = 0; at < chosen.length; at++) {
    const row = chosen[at]!
    picked.set(matrix.subarray(row * width, (row + 1) * width), at * width)
  }
  return picked
}
