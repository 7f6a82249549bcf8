import { packBytes, unpackBytes } from './packed-bytes.ts'

/**
 * Whole numbers from 0 to 65,535 as base64 of little-endian bytes, two each: a third of the size of their digits in
 * JSON.
 */
export function packIntegers(values: ArrayLike<number>): string {
  const bytes = new Uint8Array(2 * values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!(value >= 0 && value <= 0xffff)) throw new Error(`${value} can't be packed: it must be from 0 to 65,535.`)
    bytes[2 * i] = value & 0xff
    bytes[2 * i + 1] = value >> 8
  }
  return packBytes(bytes)
}

/** Throws for a text that is not base64 of `count` numbers. */
export function unpackIntegers(packed: string, count: number): Uint16Array {
  const bytes = unpackBytes(packed, count, 2)
  return Uint16Array.from({ length: count }, (_, i) => bytes[2 * i]! + 256 * bytes[2 * i + 1]!)
}
