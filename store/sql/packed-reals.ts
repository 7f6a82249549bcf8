/** The lists of a column, concatenated in a single array, with the place of each list in it. */
export interface PackedReals {
  /**
   * A `real[]` in PostgreSQL's binary format (https://doxygen.postgresql.org/arrayfuncs_8c_source.html, `array_recv`).
   */
  readonly bytes: Buffer
  /** First and last 1-based index of each list; null where there is no list. */
  readonly first: readonly (number | null)[]
  readonly last: readonly (number | null)[]
}

const FLOAT4_OID = 700
const HEADER_BYTES = 20
const ELEMENT_BYTES = 8
const FLOAT_BYTES = 4

/**
 * Packs lists of numbers in binary: as text, printing, escaping and parsing the numbers would take most of the time of
 * writing a row.
 */
export function packReals(lists: readonly (ArrayLike<number> | null)[]): PackedReals {
  const count = lists.reduce((sum, list) => sum + (list?.length ?? 0), 0)
  const bytes = Buffer.allocUnsafe(count === 0 ? 12 : HEADER_BYTES + count * ELEMENT_BYTES)
  bytes.writeInt32BE(count === 0 ? 0 : 1, 0)
  bytes.writeInt32BE(0, 4)
  bytes.writeInt32BE(FLOAT4_OID, 8)
  if (count > 0) {
    bytes.writeInt32BE(count, 12)
    bytes.writeInt32BE(1, 16)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const first: (number | null)[] = []
  const last: (number | null)[] = []
  let written = 0
  for (const list of lists) {
    first.push(list && written + 1)
    for (let index = 0; index < (list?.length ?? 0); index++) {
      const at = HEADER_BYTES + ELEMENT_BYTES * written++
      view.setInt32(at, FLOAT_BYTES)
      view.setFloat32(at + 4, list![index]!)
    }
    last.push(list && written)
  }
  return { bytes, first, last }
}
