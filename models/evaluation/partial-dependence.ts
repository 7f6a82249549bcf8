import type { Batch, Dataset } from '../model.ts'
import { random, shuffle } from '../random.ts'

/** Values of a feature to try, and the rows on which to try them. */
export interface PartialDependencePlan {
  readonly feature: string
  readonly column: number
  /** Ascending numbers, or category codes by descending frequency; NaN last, if some rows have no value. */
  readonly values: readonly number[]
  /** Category names by code; `null` for numbers. */
  readonly categories: readonly string[] | null
  readonly rows: Int32Array
  /** Share of all rows without a value. */
  readonly missingShare: number
}

export interface PartialDependence {
  readonly feature: string
  readonly kind: 'number' | 'category'
  /** Mean score of the sampled rows if all of them had this value. */
  readonly points: readonly { readonly value: number; readonly name: string | null; readonly meanScore: number }[]
  /** Mean score if all of them had no value; `undefined` if every row has one. `share` is that of the rows without. */
  readonly missing?: { readonly share: number; readonly meanScore: number } | undefined
}

export interface PartialDependenceOptions {
  readonly seed: number
  /** Defaults to 500. */
  readonly rowsMax?: number
  /** Defaults to 20. */
  readonly valuesMax?: number
}

/** Quantiles between which numbers are tried; there are too few rows outside. */
const QUANTILE_MIN = 0.05
const QUANTILE_MAX = 0.95

export function planPartialDependence(
  data: Dataset,
  column: number,
  { seed, rowsMax = 500, valuesMax = 20 }: PartialDependenceOptions,
): PartialDependencePlan {
  const categories = data.categories?.[column] ?? null
  const known = Float32Array.from({ length: data.count }, (_, row) => data.rows[row * data.width + column]!)
    .filter((value) => !Number.isNaN(value))
    .sort()
  const missingShare = data.count === 0 ? 0 : 1 - known.length / data.count
  const values = categories === null ? quantilesOf(known, valuesMax) : mostFrequent(known, valuesMax)
  const everyRow = Int32Array.from({ length: data.count }, (_, row) => row)
  return {
    feature: data.featureNames[column]!,
    column,
    values: missingShare > 0 && values.length > 0 ? [...values, Number.NaN] : values,
    categories,
    rows: shuffle(everyRow, random(seed)).slice(0, rowsMax).sort(),
    missingShare,
  }
}

/** Returns the rows to score: all sampled rows with the first value, then all with the second, and so on. */
export function partialDependenceBatch(
  { rows, texts, width }: Batch,
  { column, values, rows: sampled }: PartialDependencePlan,
): Batch {
  const batch = new Float32Array(values.length * sampled.length * width)
  values.forEach((value, i) => {
    sampled.forEach((row, j) => {
      const to = (i * sampled.length + j) * width
      batch.set(rows.subarray(row * width, (row + 1) * width), to)
      batch[to + column] = value
    })
  })
  return {
    count: values.length * sampled.length,
    width,
    rows: batch,
    texts: values.flatMap(() => Array.from(sampled, (row) => texts[row] ?? null)),
  }
}

/** Returns Friedman's partial dependence (2001, 8.2) from the scores of the planned batch. */
export function averagePartialDependence(
  { feature, values, categories, rows, missingShare }: PartialDependencePlan,
  scores: Float64Array,
): PartialDependence {
  const means = values.map((value, i) => ({
    value,
    meanScore:
      scores.subarray(i * rows.length, (i + 1) * rows.length).reduce((sum, score) => sum + score, 0) / rows.length,
  }))
  const missing = means.find(({ value }) => Number.isNaN(value))
  return {
    feature,
    kind: categories === null ? 'number' : 'category',
    points: means
      .filter(({ value }) => !Number.isNaN(value))
      .map((point) => ({ ...point, name: categories === null ? null : (categories[point.value] ?? 'any other') })),
    ...(missing === undefined ? {} : { missing: { share: missingShare, meanScore: missing.meanScore } }),
  }
}

/** Returns all distinct values if there are few, otherwise observed values at evenly spaced quantiles. */
function quantilesOf(sorted: Float32Array, valuesMax: number): readonly number[] {
  const distinct = new Set<number>()
  for (const value of sorted) if (distinct.add(value).size > valuesMax) break
  if (distinct.size <= valuesMax) return [...distinct]
  const shareOf = (step: number) => QUANTILE_MIN + ((QUANTILE_MAX - QUANTILE_MIN) * step) / Math.max(valuesMax - 1, 1)
  return [
    ...new Set(
      Array.from({ length: valuesMax }, (_, step) => sorted[Math.round(shareOf(step) * (sorted.length - 1))]!),
    ),
  ]
}

function mostFrequent(codes: Float32Array, valuesMax: number): readonly number[] {
  const counts = new Map<number, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts]
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || a - b)
    .slice(0, valuesMax)
    .map(([code]) => code)
}
