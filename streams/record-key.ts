/**
 * A state record is named by key, kind and id. In the store and in the changelog the three stand behind each other with a zero byte
 * between, so that the records of a key, and those of a kind of a key, are neighbours.
 */
export interface RecordName {
  readonly key: string
  readonly kind: string
  readonly id: string
}

/** LMDB takes keys of up to 1,978 bytes. */
export const RECORD_KEY_BYTES_MAX = 1900

const SEPARATOR = '\u0000'
/** Sorts before every key that an event can have: what the shell itself remembers. */
export const RESERVED_KEY = '\u0001'

export function recordKey(key: string, kind: string, id: string): Buffer {
  return Buffer.from(key + SEPARATOR + kind + SEPARATOR + id, 'utf8')
}

/** Writes the same into `buffer` from its beginning, which must have room; gives where it ends. */
export function writeRecordKey(buffer: Buffer, key: string, kind: string, id: string): number {
  let end = writeText(buffer, 0, key)
  buffer[end] = 0
  end = writeText(buffer, end + 1, kind)
  buffer[end] = 0
  return writeText(buffer, end + 1, id)
}

/** UTF-8; short names are ASCII as a rule, and calling out of JavaScript would take longer than they do. */
export function writeText(buffer: Buffer, start: number, text: string): number {
  const { length } = text
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index)
    if (unit > 0x7f || index === 32) return start + index + buffer.write(text.slice(index), start + index)
    buffer[start + index] = unit
  }
  return start + length
}

export function parseRecordKey(bytes: Buffer): RecordName {
  const text = bytes.toString()
  const first = text.indexOf(SEPARATOR)
  const second = text.indexOf(SEPARATOR, first + 1)
  return { key: text.slice(0, first), kind: text.slice(first + 1, second), id: text.slice(second + 1) }
}

/** The range that holds every record of a kind of a key: from (inclusive) and to (exclusive). */
export function kindRange(key: string, kind: string): readonly [Buffer, Buffer] {
  const prefix = key + SEPARATOR + kind
  return [Buffer.from(prefix + SEPARATOR, 'utf8'), Buffer.from(prefix + '\u0001', 'utf8')]
}

/** A key that an event may have: not empty, free of zero bytes and reserved marks, and short enough to leave room for kind and id. */
export function isUsableKey(key: string): boolean {
  return key.length > 0 && key.length <= 512 && !key.includes(SEPARATOR) && !key.startsWith(RESERVED_KEY)
}
