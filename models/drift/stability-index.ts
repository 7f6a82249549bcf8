/** Bands of the stability index used by banks (Siddiqi 2006): below 0.1 none, below 0.25 moderate, else large. */
export type StabilityBand = 'none' | 'moderate' | 'large'

const MODERATE_FROM = 0.1
const LARGE_FROM = 0.25
/** Number of quantile bins of the reference. */
const BINS = 10

/**
 * Returns the population stability index Σ (q − p)·ln(q ∕ p) of two lists of counts per bin, in the same order. Half a
 * row is added to each bin, so that an empty one stays finite. 0 if a list is empty.
 */
export function stabilityIndex(reference: ArrayLike<number>, recent: ArrayLike<number>): number {
  const shares = (counts: ArrayLike<number>) => {
    const all = Array.from(counts)
    const total = all.reduce((sum, count) => sum + count + 0.5, 0)
    return all.map((count) => (count + 0.5) / total)
  }
  if (sumOf(reference) === 0 || sumOf(recent) === 0) return 0
  const [p, q] = [shares(reference), shares(recent)]
  return p.reduce((sum, share, bin) => sum + (q[bin]! - share) * Math.log(q[bin]! / share), 0)
}

export function stabilityBand(index: number): StabilityBand {
  return index < MODERATE_FROM ? 'none' : index < LARGE_FROM ? 'moderate' : 'large'
}

/**
 * Counts values in bins that end at the quantiles of the reference; a value that fills a whole bin gets its own.
 * Neither sample may have missing values.
 */
export function binnedNumbers(reference: Float64Array, recent: Float64Array): readonly [number[], number[]] {
  const sorted = reference.toSorted()
  const edges = Array.from({ length: BINS - 1 }, (_, bin) => sorted[Math.floor(((bin + 1) * sorted.length) / BINS)]!)
  const cuts = [...new Set(edges)].map((value) => ({
    value,
    isAlone: edges.filter((edge) => edge === value).length > 1 || edges[0] === sorted[0],
  }))
  const counts = (values: Float64Array) => {
    const bins = new Array<number>(2 * cuts.length + 1).fill(0)
    for (const value of values) {
      const cut = cuts.findLastIndex((one) => value >= one.value)
      bins[cut === -1 ? 0 : 2 * cut + (cuts[cut]!.isAlone && value === cuts[cut]!.value ? 1 : 2)]!++
    }
    return bins
  }
  const [a, b] = [counts(reference), counts(recent)]
  const used = [...a.keys()].filter((bin) => a[bin]! + b[bin]! > 0)
  return [used.map((bin) => a[bin]!), used.map((bin) => b[bin]!)]
}

function sumOf(counts: ArrayLike<number>): number {
  return Array.from(counts).reduce((sum, count) => sum + count, 0)
}
