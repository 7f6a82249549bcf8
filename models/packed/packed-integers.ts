import { packBytes, unpackBytes } from './packed-bytes.ts'

/**
 * Packs integers from 0 to 65,535 as base64 of two little-endian bytes each: a third of the size of their digits in
 * JSON. Throws if one is out of range.
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

/** Unpacks integers. Throws if the text is not base64 of `count` numbers. */
export function unpackIntegers(packed: string, count: number): Uint16Array {
  const bytes = unpackBytes(packed, count, 2)
  return Uint16Array.from({ length: count }, (_, i) => bytes[2 * i]! + 256 * bytes[2 * i + 1]!)
}
