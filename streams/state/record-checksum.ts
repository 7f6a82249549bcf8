import { hashOfRecord } from './content-sum.ts'
import { StoreDamagedError } from './store-errors.ts'

/** Size of the checksum after every value: a hash of value and key. */
const HASH_BYTES = 4

export function withChecksum(key: Buffer, value: Buffer): Buffer {
  const stored = Buffer.allocUnsafe(value.length + HASH_BYTES)
  stored.set(value)
  stored.writeInt32LE(hashOfRecord(key, value), value.length)
  return stored
}

/** Returns the checksum stored after a value, without verifying it. */
export function checksumOf(stored: Buffer): number {
  return stored.readInt32LE(stored.length - HASH_BYTES)
}

/** Returns the value without its checksum. Throws `StoreDamagedError` if the checksum does not match. */
export function verifiedValue(key: Buffer, stored: Buffer): Buffer {
  verifiedHash(key, stored)
  return stored.subarray(0, stored.length - HASH_BYTES)
}

export function verifiedHash(key: Buffer, stored: Buffer): number {
  const length = stored.length - HASH_BYTES
  const hash = length < 0 ? undefined : stored.readInt32LE(length)
  if (hash === undefined || hash !== hashOfRecord(key, stored, length))
    throw new StoreDamagedError('a record fails its checksum')
  return hash
}
