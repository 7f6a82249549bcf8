/**
 * Returns the partition of a key as Java’s default partitioner does, so that all Java clients, kafkajs and this client
 * agree. (librdkafka has another default; there, this one is called `murmur2_random`.)
 */
export function partitionOfKey(key: string | Uint8Array, partitionCount: number): number {
  const bytes = typeof key === 'string' ? Buffer.from(key) : key
  return partitionOfBytes(bytes, 0, bytes.length, partitionCount)
}

/** Like `partitionOfKey`, for a key inside a larger buffer, from `start` (inclusive) to `end` (exclusive). */
export function partitionOfBytes(bytes: Uint8Array, start: number, end: number, partitionCount: number): number {
  return (murmur2(bytes, start, end) & 0x7fffffff) % partitionCount
}

/**
 * Returns the 32-bit MurmurHash 2 as a signed integer, with Kafka's seed:
 * `org.apache.kafka.common.utils.Utils.murmur2`.
 */
export function murmur2(bytes: Uint8Array, start = 0, end = bytes.length): number {
  const m = 0x5bd1e995
  const length = end - start
  const whole = start + (length & ~3)
  let hash = 0x9747b28c ^ length
  for (let i = start; i < whole; i += 4) {
    let k = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
    k = Math.imul(k, m)
    k ^= k >>> 24
    hash = Math.imul(hash, m) ^ Math.imul(k, m)
  }
  const rest = end - whole
  if (rest === 3) hash ^= bytes[whole + 2]! << 16
  if (rest >= 2) hash ^= bytes[whole + 1]! << 8
  if (rest >= 1) hash = Math.imul(hash ^ bytes[whole]!, m)
  hash ^= hash >>> 13
  hash = Math.imul(hash, m)
  return hash ^ (hash >>> 15)
}
