import avro from 'avsc'

/**
 * Cursor that avsc passes to readers and writers of its types. Beyond the end of `buf` it reads nothing and reports
 * that afterwards.
 */
export interface Tap {
  readonly buf: Buffer
  pos: number
  readLong(): number
  writeLong(value: number): void
}

/** Bound below which avsc's own arithmetic in floating point is exact. */
const EXACT_MAX = 2 ** 52

/**
 * avsc computes longs in floating point before it removes the zigzag, so that negative ones below -2^52 come out wrong.
 * Here every safe integer is exact; all others are rejected both ways.
 */
class ExactLongType extends avro.types.LongType {
  _read(tap: Tap): number {
    const start = tap.pos
    const value = tap.readLong()
    if (value > -EXACT_MAX && value < EXACT_MAX) return value
    tap.pos = start
    const exact = readVarint(tap)
    if (!Number.isSafeInteger(exact)) throw new Error(`the long ${exact} is no safe integer`)
    return exact
  }

  _write(tap: Tap, value: unknown): void {
    if (!Number.isSafeInteger(value)) throw new Error('no safe integer')
    if ((value as number) > -EXACT_MAX && (value as number) < EXACT_MAX) tap.writeLong(value as number)
    else writeVarint(tap, value as number)
  }

  _check(value: unknown, _flags: unknown, hook?: (value: unknown, type: unknown) => void): boolean {
    const isSafe = Number.isSafeInteger(value)
    if (!isSafe) hook?.(value, this)
    return isSafe
  }
}

/** avsc reads an int as far as its bytes go, even beyond 32 bits. */
class ExactIntType extends avro.types.IntType {
  _read(tap: Tap): number {
    const value = tap.readLong()
    if (value !== (value | 0)) throw new Error(`${value} is beyond the 32 bits of an int`)
    return value
  }
}

export const exactLong = new ExactLongType()
export const exactInt = new ExactIntType()

const VARINT_BYTES_MAX = 10

function readVarint(tap: Tap): number {
  let bits = 0n
  for (let index = 0; index < VARINT_BYTES_MAX; index++) {
    // Zeros beyond the end: the value is then rejected as cut short.
    const byte = tap.buf[tap.pos++] ?? 0
    bits |= BigInt(byte & 0x7f) << BigInt(7 * index)
    if (byte < 0x80) return Number((bits >> 1n) ^ -(bits & 1n))
  }
  throw new Error(`a long of more than ${VARINT_BYTES_MAX} bytes`)
}

function writeVarint(tap: Tap, value: number): void {
  let bits = (BigInt(value) << 1n) ^ (BigInt(value) >> 63n)
  for (; bits >= 0x80n; bits >>= 7n) tap.buf[tap.pos++] = Number(bits & 0x7fn) | 0x80
  tap.buf[tap.pos++] = Number(bits)
}
