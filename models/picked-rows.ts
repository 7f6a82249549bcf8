/** Copies of some rows of a matrix [rows × width], in the order asked for: [chosen × width]. */
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
