import avro from 'avsc'
import type { Tap } from './exact-integers.ts'

/** Up to here a string is put together in JavaScript; calling out of it takes longer (60 ns against 15 to 40). */
const SHORT_BYTES = 12
/** Up to here the length takes two bytes. */
const LENGTH_MAX = 8_191
const fromUnits = String.fromCharCode

interface StringReader {
  _read(tap: Tap): string
  _write(tap: Tap, value: unknown): void
}
const usual = avro.types.StringType.prototype as unknown as StringReader

/** Strings as avsc has them, quicker: most are short names and ASCII. */
class QuickStringType extends avro.types.StringType {
  _read(tap: Tap): string {
    const start = tap.pos
    const { buf } = tap
    // Lengths of one byte, zigzag: an even byte below 128 is the double of the length.
    const first = buf[start]!
    if (first > 2 * SHORT_BYTES || (first & 1) === 1) return usual._read.call(this, tap)
    const from = start + 1
    const end = from + (first >>> 1)
    if (end > buf.length || !isAscii(buf, from, end)) return usual._read.call(this, tap)
    tap.pos = end
    return asciiString(buf, from, end)
  }

  _write(tap: Tap, value: unknown): void {
    if (typeof value !== 'string' || value.length > LENGTH_MAX || tap.pos + 2 + value.length * 3 > tap.buf.length)
      return usual._write.call(this, tap, value)
    const { buf } = tap
    const { length } = value
    const from = tap.pos + (length < 64 ? 1 : 2)
    if (length <= SHORT_BYTES) {
      for (let index = 0; index < length; index++) {
        const unit = value.charCodeAt(index)
        if (unit > 0x7f) return usual._write.call(this, tap, value)
        buf[from + index] = unit
      }
    } else if (buf.write(value, from) !== length) return usual._write.call(this, tap, value)
    // It is ASCII, then: as many bytes as characters.
    if (length < 64) buf[tap.pos] = 2 * length
    else {
      buf[tap.pos] = ((2 * length) & 0x7f) | 0x80
      buf[tap.pos + 1] = length >>> 6
    }
    tap.pos = from + length
  }
}

export const quickString = new QuickStringType()

function isAscii(bytes: Uint8Array, from: number, end: number): boolean {
  let all = 0
  for (let index = from; index < end; index++) all |= bytes[index]!
  return all < 0x80
}

/** The string of at most twelve ASCII bytes; eight and fewer with one call. */
function asciiString(bytes: Uint8Array, from: number, end: number): string {
  let text = ''
  let at = from
  if (end - at >= 8) {
    text = fromUnits(
      bytes[at]!,
      bytes[at + 1]!,
      bytes[at + 2]!,
      bytes[at + 3]!,
      bytes[at + 4]!,
      bytes[at + 5]!,
      bytes[at + 6]!,
      bytes[at + 7]!,
    )
    at += 8
  }
  if (end - at >= 4) {
    text += fromUnits(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!)
    at += 4
  }
  switch (end - at) {
    case 3:
      return text + fromUnits(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!)
    case 2:
      return text + fromUnits(bytes[at]!, bytes[at + 1]!)
    case 1:
      return text + fromUnits(bytes[at]!)
    default:
      return text
  }
}

/** UTF-8 from `start` (inclusive) to `end` (exclusive), by the shortest way. */
export function readText(bytes: Buffer, start: number, end: number): string {
  if (end - start <= SHORT_BYTES && isAscii(bytes, start, end)) return asciiString(bytes, start, end)
  return bytes.toString('utf8', start, end)
}
