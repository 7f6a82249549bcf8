/**
 * Hashes a string to 52 bits, uniform in [0, 1): FNV-1a run twice from different offsets
 * (http://www.isthe.com/chongo/tech/comp/fnv), each finished by the mixer of MurmurHash3
 * (https://github.com/aappleby/smhasher), since FNV alone leaves its high bits uneven on short strings.
 */
export function unitHash(text: string): number {
  let low = 0x811c9dc5
  let high = 0x27d4eb2f
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x01000193) ^ (low >>> 15)
  }
  return ((mixed(high) >>> 6) * 0x4000000 + (mixed(low) >>> 6)) / 2 ** 52
}

function mixed(hash: number): number {
  let bits = hash
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}

const NAME_LENGTH_MAX = 120

/** Returns a record id for an external value: the value itself unless it is too long for a key. */
export function valueId(value: string): string {
  if (value.length <= NAME_LENGTH_MAX && !value.includes('\u0000')) return value
  // Half of a surrogate pair at the cut would be read back from the store as another id.
  const beginning = value.slice(0, NAME_LENGTH_MAX - 20).toWellFormed()
  return `${beginning.replaceAll('\u0000', ' ')}~${(unitHash(value) * 2 ** 52).toString(36)}`
}

/** Values that URI encoding leaves unchanged. */
const PLAIN = /^[\w.!~*'()-]{0,120}$/

/**
 * Returns a value as part of a record id: without slashes, so that no other id begins with it, and short enough for a
 * key.
 */
export function idPart(value: string): string {
  // Most ids are plain.
  if (PLAIN.test(value)) return value
  return valueId(encodeURIComponent(value.toWellFormed()))
}

/** Integers up to this are exact in a Float32 row, with margin. */
const CODES = 2 ** 22

/**
 * Returns a numeric code, from 1 on, for an external value in a row. Equal values have equal codes; collisions are
 * rare.
 */
export function valueCode(value: string): number {
  return 1 + Math.floor(unitHash(value) * (CODES - 1))
}
