/** Generator of uniform numbers in [0, 1), deterministic for a seed. */
export type Random = () => number

/**
 * Returns an sfc32 generator (Chris Doty-Humphrey's PractRand, https://pracrand.sourceforge.net/RNG_engines.txt): 128
 * bits of state, a period of at least 2^32 and about 2^127 on average. `seed` is an integer of up to 53 bits. As in
 * PractRand, the first twelve outputs are discarded.
 */
export function random(seed: number): Random {
  let a = 0
  let b = seed | 0
  let c = Math.floor(seed / 2 ** 32) | 0
  let counter = 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round++) next()
  return next
}

/** Returns an integer from 0 to `below` − 1. */
export function randomInteger(next: Random, below: number): number {
  return Math.floor(next() * below)
}

/** Shuffles in place, every order equally likely (Fisher and Yates; Knuth, TAOCP 2, 3.4.2, algorithm P). */
export function shuffle(items: Int32Array, next: Random): Int32Array {
  for (let i = items.length - 1; i > 0; i--) {
    const j = randomInteger(next, i + 1)
    const held = items[i]!
    items[i] = items[j]!
    items[j] = held
  }
  return items
}
