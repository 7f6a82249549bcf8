/** A stream of numbers in [0, 1), determined by its labels. */
export type Random = () => number

/**
 * Bound once, because lookups of globals are slow within the test runner's context, and hashing makes millions of them.
 */
const { imul } = Math

/**
 * Creates an sfc32 generator (Chris Doty-Humphrey, PractRand) seeded with FNV-1a-like hashes of the labels. Each
 * customer, day and subject has a separate stream, so that a change in one part of the world leaves the others
 * unchanged.
 */
export function random(...labels: readonly (string | number)[]): Random {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1]
  const text = labels.join('/')
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = imul(a ^ code, 0x85ebca6b)
    b = imul(b ^ code ^ (a >>> 15), 0xc2b2ae35)
    c = imul(c ^ code ^ (b >>> 13), 0x27d4eb2f)
  }
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4_294_967_296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

export function bernoulli(next: Random, probability: number): boolean {
  return next() < probability
}

export function uniform(next: Random, low: number, high: number): number {
  return low + (high - low) * next()
}

/** Draws an integer from low to high, both included. */
export function uniformInteger(next: Random, low: number, high: number): number {
  return low + Math.floor(next() * (high - low + 1))
}

/** Draws from a normal distribution (Box–Muller transform). */
export function normal(next: Random, mean = 0, deviation = 1): number {
  return mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

/** Draws from a log-normal distribution; `spread` is the standard deviation of the logarithm. */
export function logNormal(next: Random, median: number, spread: number): number {
  return median * Math.exp(normal(next, 0, spread))
}

export function exponential(next: Random, mean: number): number {
  return -mean * Math.log(1 - next())
}

/** Draws from a Poisson distribution with a small mean (Knuth's method). */
export function poisson(next: Random, mean: number): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = next(); product > limit; product *= next()) count++
  return count
}

export function pick<T>(next: Random, list: readonly T[]): T {
  return list[Math.floor(next() * list.length)]!
}

/** Returns the list in random order (Fisher–Yates). */
export function shuffled<T>(list: readonly T[], next: Random): T[] {
  const copy = [...list]
  for (let last = copy.length - 1; last > 0; last--) {
    const other = uniformInteger(next, 0, last)
    const held = copy[last]!
    copy[last] = copy[other]!
    copy[other] = held
  }
  return copy
}

export function weighted<K extends string>(next: Random, weights: Readonly<Record<K, number>>): K {
  const keys = Object.keys(weights) as K[]
  let rest = next() * keys.reduce((sum, key) => sum + weights[key], 0)
  for (const key of keys) if ((rest -= weights[key]) < 0) return key
  return keys.at(-1)!
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}
