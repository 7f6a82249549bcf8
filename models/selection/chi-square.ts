import { binRows, fitBins } from '../boosting/bins.ts'
import type { Selector } from './selector.ts'
import { chiSquareTail } from './chi-square-tail.ts'

/** Number of equal-frequency bins of numeric features and of rates. */
const PARTS = 10
/** Family-wise significance level: each feature is tested at this level divided by their number (Bonferroni). */
const SIGNIFICANCE_LEVEL = 0.05

/**
 * Keeps features that are not independent of the label by Pearson's test, Σ(O − E)² ∕ E, on the table of feature bins
 * and label values.
 */
export const selectByChiSquare: Selector = (data, kind) => {
  const { count, width, labels } = data
  const features = fitBins(data, PARTS)
  const { columns } = binRows(features, data)
  const classes = kind === 'classification' ? labels : tenths(labels)
  return Array.from({ length: width }, (_, feature) => {
    const { statistic, freedom } = chiSquare(columns.subarray(feature * count, (feature + 1) * count), classes)
    if (freedom === 0) return 'it is the same in every row'
    const pValue = chiSquareTail(statistic, freedom)
    if (pValue <= SIGNIFICANCE_LEVEL / width) return null
    return `χ² = ${statistic.toFixed(1)} with ${freedom} degrees of freedom: by chance alone in ${(100 * pValue).toPrecision(2)} % of samples`
  })
}

/** Returns the statistic of a table of counts by bin and class; empty bins and classes are ignored. */
export function chiSquare(
  parts: Uint8Array,
  classes: Float64Array,
): { readonly statistic: number; readonly freedom: number } {
  const observed = new Map<number, Map<number, number>>()
  const ofClass = new Map<number, number>()
  parts.forEach((part, row) => {
    const counts = observed.get(part) ?? new Map<number, number>()
    observed.set(part, counts.set(classes[row]!, (counts.get(classes[row]!) ?? 0) + 1))
    ofClass.set(classes[row]!, (ofClass.get(classes[row]!) ?? 0) + 1)
  })
  let statistic = 0
  for (const counts of observed.values()) {
    const ofPart = counts.values().reduce((sum, count) => sum + count, 0)
    for (const [label, all] of ofClass) {
      const expected = (ofPart * all) / parts.length
      statistic += ((counts.get(label) ?? 0) - expected) ** 2 / expected
    }
  }
  return { statistic, freedom: (observed.size - 1) * (ofClass.size - 1) }
}

function tenths(labels: Float64Array): Float64Array {
  const rates = { count: labels.length, width: 1, rows: Float32Array.from(labels) }
  return Float64Array.from(binRows(fitBins(rates, PARTS), rates).columns)
}
