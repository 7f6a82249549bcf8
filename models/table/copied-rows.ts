import type { Dataset } from '../model.ts'

/** Minimum number of copies to report, and minimum share of the test rows. */
const COPIES_MIN = 2
const SHARE_MIN = 0.01
/** Maximum share of the copies that chance may explain. */
const CHANCE_MAX = 0.1

/**
 * Returns how many test rows equal a training row in every feature and the label, or 0 if they are few or chance
 * explains them.
 */
export function copiedRows(train: Dataset, test: Dataset): number {
  const known = new Set(Array.from({ length: train.count }, (_, row) => hashOf(train, row)))
  let copies = 0
  for (let row = 0; row < test.count; row++) if (known.has(hashOf(test, row))) copies++
  const isMany = copies >= COPIES_MIN && copies >= SHARE_MIN * test.count
  return isMany && chanceOf(train) * train.count <= CHANCE_MAX * (copies / test.count) ? copies : 0
}

/** Returns a 52-bit hash, so that collisions are unlikely. */
function hashOf({ rows, width, labels }: Dataset, row: number): number {
  let [low, high] = [0x811c9dc5, 0x01000193]
  const add = (value: number) => {
    number[0] = value
    low = Math.imul(low ^ bits[0]!, 0x9e3779b1) ^ (low >>> 15)
    high = Math.imul(high ^ bits[0]!, 0x85ebca6b) ^ (high >>> 13)
  }
  for (let column = 0; column < width; column++) add(rows[row * width + column]!)
  add(labels[row]!)
  return (low >>> 0) * 0x100000 + (high >>> 12)
}
const number = new Float32Array(1)
const bits = new Uint32Array(number.buffer)

/** Returns the probability that two rows are equal if their columns were independent. */
function chanceOf({ rows, width, labels, count }: Dataset): number {
  let chance = sameShare(labels)
  for (let column = 0; column < width; column++)
    chance *= sameShare(Float64Array.from({ length: count }, (_, row) => rows[row * width + column]!))
  return chance
}

function sameShare(values: Float64Array): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum + (count / values.length) ** 2, 0)
}

/** Returns a warning. `copies` of the `of` test rows are copies of training rows. */
export function copiedRowsMessage(copies: number, of: number): string {
  return `${copies} of ${of} test rows are the same as training rows in every column: if they are copies, the figures are too good; take them out of the table, or keep them together with --customer.`
}
