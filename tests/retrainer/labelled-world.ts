import type { NetworkData } from '../../models/deep/network-data.ts'
import { random } from '../../models/random.ts'

/** Rows of three numbers, of which the first two predict one label each; a third of the labels is unknown. */
export function labelledWorld(count: number, strength = 4, seed = 1): NetworkData {
  const next = random(seed)
  const rows = Float32Array.from({ length: count * 3 }, () => 2 * next() - 1)
  const labels = Float64Array.from({ length: count * 2 }, (_, place) => {
    const signal = rows[Math.floor(place / 2) * 3 + (place % 2)]!
    const label = next() < 1 / (1 + Math.exp(-strength * signal)) ? 1 : 0
    return next() < 1 / 3 ? Number.NaN : label
  })
  return {
    count,
    width: 3,
    rows,
    texts: Array.from({ length: count }, () => null),
    featureNames: ['one', 'two', 'noise'],
    outputs: 2,
    labels,
    times: Float64Array.from({ length: count }, (_, index) => index),
  }
}
