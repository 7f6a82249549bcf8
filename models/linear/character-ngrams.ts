/** Character n-grams have 1 to 3 characters. They need no word boundaries, which Chinese does not mark. */
const NGRAM_LENGTH_MAX = 3
export const BUCKETS = 2 ** 15

/**
 * The non-zero buckets of one text with their values, which have a Euclidean norm of 1. Valid until the next text is
 * read.
 */
export interface SparseText {
  readonly length: number
  readonly buckets: Int32Array
  readonly values: Float64Array
}

/**
 * Returns a reader of texts. Each n-gram of code points (after NFKC, lower-casing, and collapsing white space) is
 * hashed into one of 2^15 buckets with a sign, so that collisions cancel on average (Weinberger, Dasgupta, Langford,
 * Smola, Attenberg 2009). A bucket with a sum of c gets the value 1 + ln c with its sign, and the vector is normalised,
 * so that long texts don't outweigh short ones.
 */
export function ngramReader(): (text: string | null) => SparseText {
  const counts = new Float64Array(BUCKETS)
  const isTouched = new Uint8Array(BUCKETS)
  const buckets = new Int32Array(BUCKETS)
  const values = new Float64Array(BUCKETS)

  return (text) => {
    if (text === null) return { length: 0, buckets, values }
    let touched = 0
    // Hashes of the n-grams that end at the previous code point; the next one extends each of them.
    let ending1 = 0
    let ending2 = 0
    let position = 0
    for (const character of normalised(text)) {
      const codePoint = character.codePointAt(0)!
      const one = extended(SEED, codePoint)
      const two = extended(ending1, codePoint)
      const three = extended(ending2, codePoint)
      const reach = Math.min(position + 1, NGRAM_LENGTH_MAX)
      for (let n = 1; n <= reach; n++) {
        const hash = mixed(n === 1 ? one : n === 2 ? two : three)
        const bucket = hash & (BUCKETS - 1)
        if (isTouched[bucket] === 0) {
          isTouched[bucket] = 1
          buckets[touched++] = bucket
        }
        counts[bucket]! += hash < 0 ? -1 : 1
      }
      ending1 = one
      ending2 = two
      position++
    }
    let length = 0
    let squares = 0
    for (let i = 0; i < touched; i++) {
      const bucket = buckets[i]!
      const count = counts[bucket]!
      counts[bucket] = 0
      isTouched[bucket] = 0
      if (count === 0) continue
      const value = Math.sign(count) * (1 + Math.log(Math.abs(count)))
      buckets[length] = bucket
      values[length++] = value
      squares += value * value
    }
    const norm = Math.sqrt(squares)
    for (let i = 0; i < length; i++) values[i]! /= norm
    return { length, buckets, values }
  }
}

function normalised(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()
}

const SEED = 0x811c9dc5

function extended(hash: number, codePoint: number): number {
  return Math.imul(hash ^ codePoint, 0x01000193) ^ (hash >>> 13)
}

/** Applies the finaliser of MurmurHash3 (fmix32, https://github.com/aappleby/smhasher). */
function mixed(hash: number): number {
  let bits = hash
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
