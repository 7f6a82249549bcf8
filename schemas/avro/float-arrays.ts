import type { Tap } from './exact-integers.ts'

/** Arrays of floats go through one piece of memory as wholes: number by number they would cost more than the rest of a score. */
let floats = new Float32Array(256)
let bytes = Buffer.from(floats.buffer)

function reserve(count: number): void {
  if (count <= floats.length) return
  floats = new Float32Array(2 * count)
  bytes = Buffer.from(floats.buffer)
}

/** Reads `count` floats, little endian; the caller knows that their bytes are there. */
export function readFloats(tap: Tap, count: number, into: number[], from: number): void {
  reserve(count)
  tap.buf.copy(bytes, 0, tap.pos, tap.pos + 4 * count)
  tap.pos += 4 * count
  for (let index = 0; index < count; index++) into[from + index] = floats[index]!
}

/** Writes the numbers without their count. Throws for what is no number. */
export function writeFloats(tap: Tap, numbers: readonly unknown[]): void {
  const count = numbers.length
  reserve(count)
  for (let index = 0; index < count; index++) {
    const number = numbers[index]
    if (typeof number !== 'number') throw new Error('no number')
    floats[index] = number
  }
  // With too little room nothing is written: where the end would be says how much is missing.
  if (tap.pos + 4 * count <= tap.buf.length) bytes.copy(tap.buf, tap.pos, 0, 4 * count)
  tap.pos += 4 * count
}
