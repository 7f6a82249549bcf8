import type { Batch, Dataset } from '../model.ts'
import { random, shuffle } from '../random.ts'

/** Which values of a feature are tried on which rows. */
export interface PartialDependencePlan {
  readonly feature: string
  readonly column: number
  /** Ascending numbers, or codes of categories, the most frequent one first; last NaN, if some rows have no value. */
  readonly values: readonly number[]
  /** The categories of the codes; `null` for numbers. */
  readonly categories: readonly string[] | null
  readonly rows: Int32Array
  /** Share of all rows that have no value. */
  readonly missingShare: number
}

export interface PartialDependence {
  readonly feature: string
  readonly kind: 'number' | 'category'
  /** The mean score of the sampled rows, had they all this value. */
  readonly points: readonly { readonly value: number; readonly name: string | null; readonly meanScore: number }[]
  /** The mean score, had they none; not given: every row has a value. `share`: of the rows that have none. */
  readonly missing?: { readonly share: number; readonly meanScore: number } | undefined
}

export interface PartialDependenceOptions {
  readonly seed: number
  /** 500 unless given. */
  readonly rowsMax?: number
  /** 20 unless given. */
  readonly valuesMax?: number
}

/** Numbers are tried between these quantiles: outside of them are too few rows to say anything. */
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

/** The rows to score: all sampled rows with the first value, then all with the second, and so on. */
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

/** Friedman's partial dependence (2001, 8.2) from the scores of the planned batch. */
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

/** All distinct values if there are few, else values that occur, at evenly spaced quantiles. */
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
