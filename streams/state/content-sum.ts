/**
 * Checksums of records and of a whole set of them. Each record is hashed with its key, and the set's sum adds the mixed
 * hashes. It can therefore be updated in any order as records are added, changed and removed, and shows whether exactly
 * the expected versions are present. It is an additive set hash (Clarke et al., "Incremental multiset hash functions",
 * 2003), and detects damage, not attacks.
 */
export interface ContentSum {
  readonly records: number
  /** Two 32-bit sums, mixed differently. */
  readonly low: number
  readonly high: number
}

export const emptySum: ContentSum = { records: 0, low: 0, high: 0 }

export function sameSum(one: ContentSum, other: ContentSum): boolean {
  return one.records === other.records && one.low === other.low && one.high === other.high
}

/** Maintains the sum of a set. */
export interface RunningSum {
  add(recordHash: number): void
  subtract(recordHash: number): void
  sum(): ContentSum
}

export function runningSum({ records, low, high }: ContentSum): RunningSum {
  return {
    add(hash) {
      records++
      low = (low + mixed(hash, 0x85ebca6b)) | 0
      high = (high + mixed(hash, 0x2c1b3c6d)) | 0
    },
    subtract(hash) {
      records--
      low = (low - mixed(hash, 0x85ebca6b)) | 0
      high = (high - mixed(hash, 0x2c1b3c6d)) | 0
    },
    sum: () => ({ records, low, high }),
  }
}

/** Returns the signed 32-bit hash of a record. Swapping the values of two keys changes it. */
export function hashOfRecord(key: Buffer, value: Buffer, valueLength = value.length): number {
  return murmur3(value, valueLength, murmur3(key, key.length, 0x5bd1e995))
}

/** Mixes a hash before it is added: without it, sums would miss some exchanges between records. */
function mixed(hash: number, factor: number): number {
  let mix = Math.imul(hash ^ (hash >>> 16), factor)
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35)
  return mix ^ (mix >>> 16)
}

/**
 * MurmurHash3 x86 32 (Austin Appleby). For such short records, JavaScript finishes before a call of a native checksum
 * would.
 */
function murmur3(bytes: Buffer, length: number, seed: number): number {
  let hash = seed | 0
  const whole = length - (length & 3)
  let at = 0
  for (; at < whole; at += 4) {
    hash ^= scrambled(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24))
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
  }
  let rest = 0
  for (let shift = 0; at < length; at++, shift += 8) rest |= bytes[at]! << shift
  hash ^= scrambled(rest) ^ length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

function scrambled(word: number): number {
  const product = Math.imul(word, 0xcc9e2d51)
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593)
}
