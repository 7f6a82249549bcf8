/** Variable-length integers as record batches have them: zigzag, seven bits a byte, lowest first (https://protobuf.dev/programming-guides/encoding/#varints). */

/** Reads forwards through bytes. `readVarint` takes up to 32 bits, `readVarlong` any safe integer; the position moves behind what was read. */
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
    let result = byte & 127
    for (let scale = 128; byte >= 128; scale *= 128) {
      byte = bytes[this.position++]!
      result += (byte & 127) * scale
    }
    return result % 2 === 0 ? result / 2 : -(result + 1) / 2
  }
}

export function varintLength(value: number): number {
  let zigzag = (value << 1) ^ (value >> 31)
  let length = 1
  while ((zigzag >>>= 7) !== 0) length++
  return length
}

export function varlongLength(value: number): number {
  let zigzag = value >= 0 ? value * 2 : -value * 2 - 1
  let length = 1
  while ((zigzag = Math.floor(zigzag / 128)) !== 0) length++
  return length
}

/** Writes at `position` and returns the position behind. */
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
  let zigzag = value >= 0 ? value * 2 : -value * 2 - 1
  while (zigzag > 127) {
    bytes[position++] = (zigzag % 128) | 128
    zigzag = Math.floor(zigzag / 128)
  }
  bytes[position++] = zigzag
  return position
}
