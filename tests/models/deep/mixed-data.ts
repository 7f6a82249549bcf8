import type { NetworkData } from '../../../models/deep/network-data.ts'
import type { Head } from '../../../models/deep/network-parameters.ts'
import { random } from '../../../models/random.ts'

const COLOURS = ['red', 'green', 'blue', 'black']
const COLOUR_EFFECTS = [1.5, -1.5, 0.5, -0.5]

export const outputsOf: Readonly<Record<Head, number>> = {
  binary: 1,
  'multi-label': 3,
  classes: 3,
  regression: 2,
}

/**
 * Rows of two numbers, one with gaps, a category and a constant. The label depends on whether the first two have the
 * same sign (which no additive model can express), on their sum, on the category, and on whether the third is missing.
 */
export function mixedData(count: number, head: Head, seed = 1): NetworkData {
  const next = random(seed)
  const width = 5
  const outputs = outputsOf[head]
  const rows = new Float32Array(count * width)
  const labels = new Float64Array(count * outputs)
  for (let i = 0; i < count; i++) {
    const [a, b] = [next() * 2 - 1, (next() * 2 - 1) * 1e6]
    const missing = next() < 0.3
    const colour = Math.floor(next() * COLOURS.length)
    rows.set([a, b, missing ? Number.NaN : next(), colour, 7], i * width)
    const alike = a * b > 0 ? 2 : -2
    const added = 2 * a - 1e-6 * b + COLOUR_EFFECTS[colour]! + (missing ? 1 : 0)
    const signals = {
      binary: [alike + COLOUR_EFFECTS[colour]!],
      'multi-label': [alike, added, -added],
      classes: [alike, added, -added],
      regression: [1000 + 50 * alike, added],
    }[head]
    if (head === 'classes') {
      const noisy = signals.map((signal) => signal + next() - 0.5)
      labels[i * outputs + noisy.indexOf(Math.max(...noisy))] = 1
      continue
    }
    signals.forEach((signal, k) => {
      labels[i * outputs + k] =
        head === 'regression' ? signal + 0.1 * (next() - 0.5) : next() < 1 / (1 + Math.exp(-2 * signal)) ? 1 : 0
    })
  }
  return {
    count,
    width,
    rows,
    texts: [],
    labels,
    outputs,
    featureNames: ['a', 'b', 'gaps', 'colour', 'constant'],
    times: Float64Array.from({ length: count }, (_, i) => i),
    categories: [null, null, null, COLOURS, null],
  }
}

/** Returns rows with missing, infinite and absurd values, and an unknown category, each in every feature. */
export function absurdRows(width: number): {
  readonly count: number
  readonly width: number
  readonly rows: Float32Array
  readonly texts: string[]
} {
  const values = [Number.NaN, Infinity, -Infinity, 3e38, -1, 0.5, 99]
  return {
    count: values.length,
    width,
    rows: Float32Array.from(values.flatMap((value) => new Array<number>(width).fill(value))),
    texts: [],
  }
}
