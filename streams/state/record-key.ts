import { createHash } from 'node:crypto'

/**
 * A state record is identified by key, kind and id. In the store and the changelog the three are joined with a zero
 * byte between them, so that the records of a key, and those of one kind of a key, are adjacent.
 */
export interface RecordName {
  readonly key: string
  readonly kind: string
  readonly id: string
}

/** Maximum key size of LMDB. */
export const RECORD_KEY_BYTES_MAX = 1_978
/**
 * Maximum size of a topic key: an external id, or what a processor makes of one or two. It leaves room for a kind and a
 * short id.
 */
export const KEY_BYTES_MAX = 1_280

/** Sorts after the key of every record. */
export const RECORDS_END = Buffer.from([0xff])

const SEPARATOR = '\u0000'
/** Prefix of the engine's own keys. It sorts before every key that an event can have. */
export const RESERVED_KEY = '\u0001'
/** Prefix of the hash that replaces an id too long for a record key. External ids never begin with it. */
const HASHED = '\u0001'
const HASHED_ID = /^\u0001[0-9a-f]{64}$/
/** Size of the length prefix of an id that is stored with the value. */
const LENGTH_BYTES = 4

/** Returns the id as written in the record key: itself, or its hash if the key would be too long. */
function storedId(key: string, kind: string, id: string): string {
  return isTooLong(key, kind, id) ? HASHED + createHash('sha256').update(id).digest('hex') : id
}

function isTooLong(key: string, kind: string, id: string): boolean {
  // A UTF-16 code unit takes at most three bytes.
  if (3 * (key.length + kind.length + id.length) + 2 <= RECORD_KEY_BYTES_MAX) return false
  return Buffer.byteLength(key) + Buffer.byteLength(kind) + Buffer.byteLength(id) + 2 > RECORD_KEY_BYTES_MAX
}

export function recordKey(key: string, kind: string, id: string): Buffer {
  return Buffer.from(key + SEPARATOR + kind + SEPARATOR + storedId(key, kind, id), 'utf8')
}

/** Writes the record key to the start of `buffer`, which must have room, and returns its end. */
export function writeRecordKey(buffer: Buffer, key: string, kind: string, id: string): number {
  let end = writeText(buffer, 0, key)
  buffer[end] = 0
  end = writeText(buffer, end + 1, kind)
  buffer[end] = 0
  return writeText(buffer, end + 1, storedId(key, kind, id))
}

/** Writes UTF-8 and returns its end. Short names are usually ASCII, where a native call is slower than this loop. */
export function writeText(buffer: Buffer, start: number, text: string): number {
  const { length } = text
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index)
    if (unit > 0x7f || index === 32) return start + index + buffer.write(text.slice(index), start + index)
    buffer[start + index] = unit
  }
  return start + length
}

/** Parses a record key. A hashed `id` is returned as the hash; `readStored` returns the original. */
export function parseRecordKey(bytes: Buffer): RecordName {
  const text = bytes.toString()
  const first = text.indexOf(SEPARATOR)
  const second = text.indexOf(SEPARATOR, first + 1)
  return { key: text.slice(0, first), kind: text.slice(first + 1, second), id: text.slice(second + 1) }
}

/** Returns the bytes to store for a record: its value, preceded by the id if the record key contains only the hash. */
export function storedValue(key: string, kind: string, id: string, value: Buffer): Buffer {
  if (!isTooLong(key, kind, id)) return value
  const text = Buffer.from(id, 'utf8')
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text, value])
}

/** Returns the value from the stored bytes of a record. */
export function valueOf(key: string, kind: string, id: string, stored: Buffer): Buffer {
  return isTooLong(key, kind, id) ? unpacked(stored)[1] : stored
}

/** Returns the id and the value of a record whose key was read back. */
export function readStored(name: RecordName, stored: Buffer): readonly [id: string, value: Buffer] {
  return HASHED_ID.test(name.id) ? unpacked(stored) : [name.id, stored]
}

function unpacked(stored: Buffer): readonly [id: string, value: Buffer] {
  const end = LENGTH_BYTES + stored.readUInt32BE(0)
  return [stored.toString('utf8', LENGTH_BYTES, end), stored.subarray(end)]
}

/** Returns the range of all records of a kind of a key: from (inclusive) and to (exclusive). */
export function kindRange(key: string, kind: string): readonly [Buffer, Buffer] {
  const prefix = key + SEPARATOR + kind
  return [Buffer.from(prefix + SEPARATOR, 'utf8'), Buffer.from(prefix + '\u0001', 'utf8')]
}

/**
 * Returns whether an event may have this key: not empty, free of zero bytes and reserved prefixes, and short enough to
 * leave room for kind and id.
 */
export function isUsableKey(key: string): boolean {
  return (
    key.length > 0 &&
    (key.length * 3 <= KEY_BYTES_MAX || Buffer.byteLength(key) <= KEY_BYTES_MAX) &&
    !key.includes(SEPARATOR) &&
    !key.startsWith(RESERVED_KEY)
  )
}
