import { storableText } from './stored-text.ts'

/** PostgreSQL types in which a column's values are sent. */
export type PackedType = 'text' | 'integer' | 'bigint' | 'double precision' | 'boolean' | 'bytea' | 'timestamptz'

/** Binary encoding of a type: its object id, the maximum size of a value in bytes, and a writer that starts at `at`. */
interface Packing {
  readonly oid: number
  sizeMax(value: never): number
  /** Returns the number of bytes written. */
  write(bytes: Buffer, at: number, value: never): number
}

const HEADER_BYTES = 20
const EMPTY_BYTES = 12
const LENGTH_BYTES = 4
const NULL_LENGTH = -1
/** 2000-01-01, PostgreSQL's epoch, in ms since 1970. PostgreSQL counts microseconds from it. */
const EPOCH_MS = 946_684_800_000n

const packings: Readonly<Record<PackedType, Packing>> = {
  text: { oid: 25, sizeMax: textBytesMax, write: writeText },
  integer: { oid: 23, sizeMax: () => 4, write: (bytes, at, value) => bytes.writeInt32BE(value, at) - at },
  bigint: { oid: 20, sizeMax: () => 8, write: (bytes, at, value) => bytes.writeBigInt64BE(BigInt(value), at) - at },
  'double precision': { oid: 701, sizeMax: () => 8, write: (bytes, at, value) => bytes.writeDoubleBE(value, at) - at },
  boolean: { oid: 16, sizeMax: () => 1, write: (bytes, at, value) => bytes.writeUInt8(value ? 1 : 0, at) - at },
  bytea: {
    oid: 17,
    sizeMax: (value: Buffer) => value.length,
    write: (bytes, at, value: Buffer) => value.copy(bytes, at),
  },
  timestamptz: {
    oid: 1184,
    sizeMax: () => 8,
    write: (bytes, at, value) => bytes.writeBigInt64BE((BigInt(value) - EPOCH_MS) * 1_000n, at) - at,
  },
}

/**
 * Encodes the values of a column as one array in PostgreSQL's binary format
 * (https://doxygen.postgresql.org/arrayfuncs_8c_source.html, `array_recv`). As text, each value would be quoted,
 * escaped and parsed twice. Times are ms since 1970. Throws `RangeError` for a number that the type does not hold.
 */
export function packColumn(type: PackedType, values: readonly unknown[]): Buffer {
  const { oid, sizeMax, write } = packings[type]
  let bytesMax = values.length === 0 ? EMPTY_BYTES : HEADER_BYTES + LENGTH_BYTES * values.length
  let hasNull = false
  for (const value of values) {
    if (value === null || value === undefined) hasNull = true
    else bytesMax += sizeMax(value as never)
  }
  const bytes = Buffer.allocUnsafe(bytesMax)
  bytes.writeInt32BE(values.length === 0 ? 0 : 1, 0)
  bytes.writeInt32BE(hasNull ? 1 : 0, 4)
  bytes.writeInt32BE(oid, 8)
  if (values.length === 0) return bytes
  bytes.writeInt32BE(values.length, 12)
  bytes.writeInt32BE(1, 16)
  let at = HEADER_BYTES
  for (const value of values) {
    const start = at + LENGTH_BYTES
    const length = value === null || value === undefined ? NULL_LENGTH : write(bytes, start, value as never)
    bytes.writeInt32BE(length, at)
    at = start + Math.max(0, length)
  }
  return bytes.subarray(0, at)
}

/** Returns an upper bound of the text's size: exact for long texts, three bytes per UTF-16 unit for short ones. */
function textBytesMax(text: string): number {
  return text.length <= SHORT ? 3 * text.length : Buffer.byteLength(text)
}

const SHORT = 64
/** Above this length, `Buffer.write` is faster than a loop in JavaScript. */
const BY_HAND = 24

function writeText(bytes: Buffer, at: number, text: string): number {
  if (text.length > BY_HAND) return bytes.write(storableText(text), at)
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit > 0x7f || unit === 0) return bytes.write(storableText(text), at)
    bytes[at + index] = unit
  }
  return text.length
}
