import { createHash } from 'node:crypto'
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

/**
 * Vectors on disk, so that a new process need not encode again what an earlier one has. They are kept in two files of
 * records of equal size: when the newer file is full, it replaces the older one. A vector found in the older file is
 * copied into the newer one. Several threads and processes may append to a file. A damaged record counts as missing.
 */
export interface VectorFile {
  get(key: string): Float32Array | undefined
  /** Appends a vector. Throws if the disk can't be written. */
  add(key: string, vector: Float32Array): void
  close(): void
}

export interface VectorFileOptions {
  readonly directory: string
  /** Identifies what computed the vectors: those of another maker are not read. */
  readonly maker: string
  /** Numbers per vector. */
  readonly dimension: number
  /** Maximum entries per file; there are up to twice as many on disk. */
  readonly entriesMax: number
}

/** Record layout: digest of the key, the numbers, and a checksum of both. */
const DIGEST_BYTES = 16
const SUM_BYTES = 4
const READ_BYTES = 1 << 20
const NEWER = '.vectors'
const OLDER = '.vectors.1'

export function openVectorFile({ directory, maker, dimension, entriesMax }: VectorFileOptions): VectorFile {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, digestOf(`${maker}\n${dimension}`).toString('hex'))
  const recordBytes = DIGEST_BYTES + 4 * dimension + SUM_BYTES
  let older = openPart(path + OLDER, recordBytes)
  let newer = openPart(path + NEWER, recordBytes)

  function add(key: string, vector: Float32Array): void {
    if (newer.count >= entriesMax) {
      renameSync(path + NEWER, path + OLDER)
      older.close()
      older = newer
      newer = openPart(path + NEWER, recordBytes)
    }
    newer.add(digestOf(key), vector)
  }

  return {
    get(key) {
      const digest = digestOf(key)
      const recent = newer.get(digest)
      if (recent !== undefined) return recent
      const vector = older.get(digest)
      if (vector !== undefined) add(key, vector)
      return vector
    },
    add,
    close() {
      newer.close()
      older.close()
    },
  }
}

interface Part {
  readonly count: number
  get(digest: Buffer): Float32Array | undefined
  add(digest: Buffer, vector: Float32Array): void
  close(): void
}

function openPart(file: string, recordBytes: number): Part {
  const handle = openSync(file, 'a+', 0o600)
  const places = new Map<string, number>()
  let count = Math.floor(fstatSync(handle).size / recordBytes)
  // An incomplete record at the end would shift everything after it.
  ftruncateSync(handle, count * recordBytes)
  for (const [digest, place] of digestsOf(handle, count, recordBytes)) places.set(digest, place)

  return {
    get count() {
      return count
    },
    get(digest) {
      const place = places.get(digest.toString('latin1'))
      if (place === undefined) return undefined
      const record = Buffer.alloc(recordBytes)
      readSync(handle, record, 0, recordBytes, place * recordBytes)
      const end = recordBytes - SUM_BYTES
      const isWhole = record.readUInt32LE(end) === crc32(record.subarray(0, end))
      if (!isWhole || !record.subarray(0, DIGEST_BYTES).equals(digest)) return undefined
      return new Float32Array(record.buffer.slice(record.byteOffset + DIGEST_BYTES, record.byteOffset + end))
    },
    add(digest, vector) {
      const numbers = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)
      const sum = Buffer.alloc(SUM_BYTES)
      sum.writeUInt32LE(crc32(numbers, crc32(digest)))
      writeSync(handle, Buffer.concat([digest, numbers, sum]))
      // Others append too; this assumes that the last record is this one.
      count = Math.floor(fstatSync(handle).size / recordBytes)
      places.set(digest.toString('latin1'), count - 1)
    },
    close: () => closeSync(handle),
  }
}

function* digestsOf(handle: number, count: number, recordBytes: number): Generator<readonly [string, number]> {
  const perRead = Math.max(1, Math.floor(READ_BYTES / recordBytes))
  const bytes = Buffer.alloc(perRead * recordBytes)
  for (let from = 0; from < count; from += perRead) {
    const read = readSync(handle, bytes, 0, bytes.length, from * recordBytes)
    for (let at = 0; at + recordBytes <= read; at += recordBytes)
      yield [bytes.toString('latin1', at, at + DIGEST_BYTES), from + at / recordBytes]
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text, 'latin1').digest().subarray(0, DIGEST_BYTES)
}
