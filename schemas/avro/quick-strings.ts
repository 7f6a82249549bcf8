import avro from 'avsc'
import type { Tap } from './exact-integers.ts'

/** Up to this length a string is built in JavaScript; native calls take longer (60 ns against 15 to 40). */
const SHORT_BYTES = 12
/** Up to this length the length prefix takes two bytes. */
const LENGTH_MAX = 8_191
const fromUnits = String.fromCharCode

interface StringReader {
  _write(tap: Tap, value: unknown): void
}
const avscString = avro.types.StringType.prototype as unknown as StringReader

/**
 * Thrown for bytes that are not UTF-8: text in another encoding, or not text. Replacing a character would make
 * different texts equal.
 */
export class NotUtf8Error extends Error {
  override readonly name = 'NotUtf8Error'

  constructor(bytes: Buffer, start: number, end: number) {
    const shown = bytes.toString('hex', start, Math.min(end, start + SHOWN_BYTES))
    super(`the bytes ${shown}${end - start > SHOWN_BYTES ? '…' : ''}`)
  }
}
const SHOWN_BYTES = 24

/** Strings as in avsc, but faster: most are short names in ASCII. Invalid UTF-8 is rejected, as are lone surrogates. */
class QuickStringType extends avro.types.StringType {
  _read(tap: Tap): string {
    const start = tap.pos
    const { buf } = tap
    // A length of one byte is zigzag-encoded: an even byte below 128, twice the length.
    const first = buf[start]!
    if (first > 2 * SHORT_BYTES || (first & 1) === 1) return readLongString(tap)
    const from = start + 1
    const end = from + (first >>> 1)
    if (end > buf.length || !isAscii(buf, from, end)) return readLongString(tap)
    tap.pos = end
    return asciiString(buf, from, end)
  }

  _write(tap: Tap, value: unknown): void {
    if (typeof value !== 'string') return avscString._write.call(this, tap, value)
    if (value.length > LENGTH_MAX || tap.pos + 2 + value.length * 3 > tap.buf.length)
      return avscString._write.call(this, tap, value.toWellFormed())
    const { buf } = tap
    const { length } = value
    const from = tap.pos + (length < 64 ? 1 : 2)
    if (length <= SHORT_BYTES) {
      for (let index = 0; index < length; index++) {
        const unit = value.charCodeAt(index)
        if (unit > 0x7f) return avscString._write.call(this, tap, value.toWellFormed())
        buf[from + index] = unit
      }
    } else if (buf.write(value, from) !== length) return avscString._write.call(this, tap, value.toWellFormed())
    // ASCII here: as many bytes as characters.
    if (length < 64) buf[tap.pos] = 2 * length
    else {
      buf[tap.pos] = ((2 * length) & 0x7f) | 0x80
      buf[tap.pos + 1] = length >>> 6
    }
    tap.pos = from + length
  }
}

export const quickString = new QuickStringType()

/**
 * Reads a string as avsc does, then checks it. Beyond the end of the bytes any text will do: the value is rejected as
 * cut short.
 */
function readLongString(tap: Tap): string {
  const bytes = tap.readLong()
  const start = tap.pos
  tap.pos = bytes < 0 ? tap.buf.length + 1 : start + bytes
  return tap.pos > tap.buf.length ? '' : utf8String(tap.buf, start, tap.pos)
}

const REPLACEMENT = '\ufffd'
const REPLACEMENT_UNIT = 0xfffd
/** Up to this length a check of each character is faster than a native call. */
const SCAN_LENGTH_MAX = 48

function hasReplacement(text: string): boolean {
  const { length } = text
  if (length > SCAN_LENGTH_MAX) return text.includes(REPLACEMENT)
  for (let index = 0; index < length; index++) if (text.charCodeAt(index) === REPLACEMENT_UNIT) return true
  return false
}

/**
 * Decoding replaces invalid bytes with U+FFFD. Texts may contain that character too, but rarely: only then are the
 * bytes checked.
 */
function utf8String(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end)
  if (hasReplacement(text) && !Buffer.from(text).equals(bytes.subarray(start, end)))
    throw new NotUtf8Error(bytes, start, end)
  return text
}

function isAscii(bytes: Uint8Array, from: number, end: number): boolean {
  let all = 0
  for (let index = from; index < end; index++) all |= bytes[index]!
  return all < 0x80
}

/** Builds a string of at most twelve ASCII bytes, in chunks of eight, four and fewer. */
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

/** Decodes UTF-8 from `start` (inclusive) to `end` (exclusive) in the fastest way. Throws `NotUtf8Error`. */
export function readText(bytes: Buffer, start: number, end: number): string {
  if (end - start <= SHORT_BYTES && isAscii(bytes, start, end)) return asciiString(bytes, start, end)
  return utf8String(bytes, start, end)
}
