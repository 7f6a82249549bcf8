import type { Tap } from './exact-integers.ts'

/** Arrays of floats are copied as a whole: number by number they would cost more than the rest of a score. */
let floats = new Float32Array(256)
let bytes = Buffer.from(floats.buffer)

function reserve(count: number): void {
  if (count <= floats.length) return
  floats = new Float32Array(2 * count)
  bytes = Buffer.from(floats.buffer)
}

/** Reads `count` floats, little endian; the caller has checked that the bytes exist. */
export function readFloats(tap: Tap, count: number, into: number[], from: number): void {
  reserve(count)
  tap.buf.copy(bytes, 0, tap.pos, tap.pos + 4 * count)
  tap.pos += 4 * count
  for (let index = 0; index < count; index++) into[from + index] = floats[index]!
}

/** Writes the numbers without their count. Throws if one is not a number. */
export function writeFloats(tap: Tap, numbers: readonly unknown[]): void {
  const count = numbers.length
  reserve(count)
  for (let index = 0; index < count; index++) {
    const number = numbers[index]
    if (typeof number !== 'number') throw new Error('no number')
    floats[index] = number
  }
  // Without room nothing is written: the end position shows how much is missing.
  if (tap.pos + 4 * count <= tap.buf.length) bytes.copy(tap.buf, tap.pos, 0, 4 * count)
  tap.pos += 4 * count
}
