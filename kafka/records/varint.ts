/**
 * Variable-length integers of record batches: zigzag, seven bits per byte, lowest first
 * (https://protobuf.dev/programming-guides/encoding/#varints).
 */

/**
 * Reads forwards through a buffer. `readVarint` takes up to 32 bits, `readVarlong` any safe integer; each moves the
 * position past the value.
 */
export class ByteCursor {
  readonly bytes: Buffer
  position: number

  constructor(bytes: Buffer, position = 0) {
    this.bytes = bytes
    this.position = position
  }

  readVarint(): number {
    const { bytes } = this
    let byte = bytes[this.position++]!
    let result = byte & 127
    for (let shift = 7; byte >= 128; shift += 7) {
      byte = bytes[this.position++]!
      result |= (byte & 127) << shift
    }
    return (result >>> 1) ^ -(result & 1)
  }

  readVarlong(): number {
    const { bytes } = this
    let byte = bytes[this.position++]!
    const negative = byte & 1
    let magnitude = (byte & 127) >>> 1
    for (let scale = 64; byte >= 128; scale *= 128) {
      byte = bytes[this.position++]!
      magnitude += (byte & 127) * scale
    }
    return negative === 0 ? magnitude : -magnitude - 1
  }
}

export function varintLength(value: number): number {
  let zigzag = (value << 1) ^ (value >> 31)
  let length = 1
  while ((zigzag >>>= 7) !== 0) length++
  return length
}

export function varlongLength(value: number): number {
  let rest = Math.floor(magnitudeOf(value) / 64)
  let length = 1
  for (; rest !== 0; rest = Math.floor(rest / 128)) length++
  return length
}

/** Writes the value at `position` and returns the position after it. */
export function writeVarint(bytes: Buffer, position: number, value: number): number {
  let zigzag = ((value << 1) ^ (value >> 31)) >>> 0
  while (zigzag > 127) {
    bytes[position++] = (zigzag & 127) | 128
    zigzag >>>= 7
  }
  bytes[position++] = zigzag
  return position
}

export function writeVarlong(bytes: Buffer, position: number, value: number): number {
  const magnitude = magnitudeOf(value)
  const sign = value < 0 ? 1 : 0
  let low = (magnitude % 64) * 2 + sign
  let rest = Math.floor(magnitude / 64)
  while (rest !== 0) {
    bytes[position++] = low | 128
    low = rest % 128
    rest = Math.floor(rest / 128)
  }
  bytes[position++] = low
  return position
}

/** Returns the zigzag magnitude without the sign bit, for which a 53-bit number has no room left. */
function magnitudeOf(value: number): number {
  return value >= 0 ? value : -value - 1
}
