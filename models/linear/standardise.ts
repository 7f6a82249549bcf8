import type { Dataset } from '../model.ts'

/**
 * Which values are clipped as outliers: those beyond a quantile of the training rows, or further from the quartiles
 * than `reach` times the interquartile range (Tukey 1977).
 */
export type Outliers =
  | { readonly by: 'quantile'; readonly share: number }
  | { readonly by: 'quartiles'; readonly reach: number }
  | { readonly by: 'none' }

const defaultOutliers: Outliers = { by: 'quantile', share: 0.001 }

/** Preprocessing fitted on training rows and stored with the model. One entry per feature. */
export interface Standardisation {
  /** Bounds to which outliers are clipped. */
  readonly lower: readonly number[]
  readonly upper: readonly number[]
  /** Mean, which also replaces missing values. */
  readonly centre: readonly number[]
  /** One over the standard deviation; 0 for a constant feature, which therefore has no effect. */
  readonly scale: readonly number[]
  /**
   * Features that were missing in some training rows but not in all. Each has an indicator column: 1 where it is
   * missing.
   */
  readonly indicators: readonly number[]
  /**
   * Categorical features. Each has its own columns after the indicators: 1 where the code is the column's; the last one
   * is for any other category. Absent in models from before categories were supported.
   */
  readonly oneHot?: readonly OneHot[]
}

interface OneHot {
  readonly feature: number
  readonly columns: number
}

/** Column-major matrix of standardised columns: the value of row i in column j is at `j * count + i`. */
export interface Design {
  readonly count: number
  readonly width: number
  readonly columns: Float64Array
}

/** Fits on the chosen rows only. NaN is a missing value; infinite values count as outliers. */
export function fitStandardisation(
  { rows, width, categories }: Pick<Dataset, 'rows' | 'width' | 'categories'>,
  chosen: Int32Array,
  outliers: Outliers = defaultOutliers,
): Standardisation {
  const lower: number[] = []
  const upper: number[] = []
  const centre: number[] = []
  const scale: number[] = []
  const indicators: number[] = []
  const oneHot: OneHot[] = []
  const values = new Float64Array(chosen.length)
  for (let column = 0; column < width; column++) {
    let known = 0
    for (const row of chosen) {
      const value = rows[row * width + column]!
      if (!Number.isNaN(value)) values[known++] = value
    }
    if (known > 0 && known < chosen.length) indicators.push(column)
    const names = categories?.[column]
    if (names !== undefined && names !== null) {
      oneHot.push({ feature: column, columns: names.length + 1 })
      for (const list of [lower, upper, centre, scale]) list.push(0)
      continue
    }
    const bounds = boundsOf(values.subarray(0, known).sort(), outliers)
    let sum = 0
    for (let i = 0; i < known; i++) sum += clip(values[i]!, bounds)
    const mean = known === 0 ? 0 : sum / known
    let squares = 0
    for (let i = 0; i < known; i++) squares += (clip(values[i]!, bounds) - mean) ** 2
    // Missing values count as the mean and so reduce the deviation of the column as the model sees it.
    const deviation = Math.sqrt(squares / chosen.length)
    lower.push(bounds.lower)
    upper.push(bounds.upper)
    centre.push(mean)
    scale.push(deviation > 1e-9 * Math.max(1, Math.abs(mean)) ? 1 / deviation : 0)
  }
  return { lower, upper, centre, scale, indicators, oneHot }
}

/** Returns the number of columns of a design. */
export function designWidth({ centre, indicators, oneHot = [] }: Standardisation): number {
  return centre.length + indicators.length + oneHot.reduce((sum, { columns }) => sum + columns, 0)
}

/** Returns the feature behind each column of a design. */
export function featuresOfColumns({ centre, indicators, oneHot = [] }: Standardisation): number[] {
  return [
    ...centre.keys(),
    ...indicators,
    ...oneHot.flatMap(({ feature, columns }) => new Array<number>(columns).fill(feature)),
  ]
}

/** Returns readable names for the columns of a design. */
export function designNames(
  { centre, indicators, oneHot = [] }: Standardisation,
  featureNames: readonly string[],
  categories: Dataset['categories'],
): string[] {
  return [
    ...featureNames.slice(0, centre.length),
    ...indicators.map((feature) => `${featureNames[feature]} is missing`),
    ...oneHot.flatMap(({ feature, columns }) =>
      Array.from(
        { length: columns },
        (_, code) => `${featureNames[feature]} = ${categories?.[feature]?.[code] ?? 'any other'}`,
      ),
    ),
  ]
}

/** Returns the design of the chosen rows: features, then indicators, then categories. */
export function designOf(
  standardisation: Standardisation,
  { rows, width }: Pick<Dataset, 'rows' | 'width'>,
  chosen: Int32Array,
): Design {
  const count = chosen.length
  const columns = new Float64Array(designWidth(standardisation) * count)
  const { indicators, oneHot = [] } = standardisation
  for (let column = 0; column < width; column++) {
    for (let i = 0; i < count; i++)
      columns[column * count + i] = standardised(standardisation, column, rows[chosen[i]! * width + column]!)
  }
  for (let k = 0; k < indicators.length; k++) {
    for (let i = 0; i < count; i++)
      columns[(width + k) * count + i] = Number.isNaN(rows[chosen[i]! * width + indicators[k]!]!) ? 1 : 0
  }
  let first = width + indicators.length
  for (const { feature, columns: own } of oneHot) {
    for (let i = 0; i < count; i++) {
      const code = codeOf(rows[chosen[i]! * width + feature]!, own)
      if (code >= 0) columns[(first + code) * count + i] = 1
    }
    first += own
  }
  return { count, width: designWidth(standardisation), columns }
}

/** Returns Σ coefficient × column of the row that begins at `start`, without building the columns. */
export function linearPredictor(
  standardisation: Standardisation,
  coefficients: ArrayLike<number>,
  rows: Float32Array,
  start: number,
): number {
  const width = standardisation.centre.length
  const { indicators, oneHot } = standardisation
  let sum = 0
  for (let column = 0; column < width; column++)
    sum += coefficients[column]! * standardised(standardisation, column, rows[start + column]!)
  for (let k = 0; k < indicators.length; k++)
    if (Number.isNaN(rows[start + indicators[k]!]!)) sum += coefficients[width + k]!
  if (oneHot !== undefined) {
    let first = width + indicators.length
    for (let k = 0; k < oneHot.length; k++) {
      const { feature, columns } = oneHot[k]!
      const code = codeOf(rows[start + feature]!, columns)
      if (code >= 0) sum += coefficients[first + code]!
      first += columns
    }
  }
  return sum
}

/** Returns the column of a category among its feature's; −1 for a missing value. */
function codeOf(value: number, columns: number): number {
  return Number.isNaN(value) ? -1 : value >= 0 && value < columns - 1 ? value : columns - 1
}

/** Writes each feature's contribution to Σ coefficient × column; their sum is `weighed`. */
export function contributions(
  standardisation: Standardisation,
  coefficients: ArrayLike<number>,
  row: Float32Array,
  into: Float64Array,
): void {
  const width = standardisation.centre.length
  const { indicators, oneHot = [] } = standardisation
  for (let column = 0; column < width; column++)
    into[column] = coefficients[column]! * standardised(standardisation, column, row[column]!)
  indicators.forEach((feature, k) => {
    if (Number.isNaN(row[feature]!)) into[feature]! += coefficients[width + k]!
  })
  let first = width + indicators.length
  for (const { feature, columns } of oneHot) {
    const code = codeOf(row[feature]!, columns)
    if (code >= 0) into[feature]! += coefficients[first + code]!
    first += columns
  }
}

function standardised({ lower, upper, centre, scale }: Standardisation, column: number, value: number): number {
  if (Number.isNaN(value)) return 0
  return (Math.min(Math.max(value, lower[column]!), upper[column]!) - centre[column]!) * scale[column]!
}

interface Bounds {
  readonly lower: number
  readonly upper: number
}

/**
 * Returns the bounds for clipping. A feature that is constant except in a few rows keeps its whole range, because those
 * rows are its only information.
 */
function boundsOf(sorted: Float64Array, outliers: Outliers): Bounds {
  const finite = sorted.filter((value) => Number.isFinite(value))
  if (finite.length === 0) return { lower: 0, upper: 0 }
  const last = finite.length - 1
  const whole = { lower: finite[0]!, upper: finite[last]! }
  const bounds = { quantile: quantileBounds, quartiles: quartileBounds, none: () => whole }[outliers.by](
    finite,
    outliers as never,
  )
  return bounds.lower < bounds.upper ? bounds : whole
}

function quantileBounds(sorted: Float64Array, { share }: { readonly share: number }): Bounds {
  const last = sorted.length - 1
  return { lower: sorted[Math.floor(last * share)]!, upper: sorted[Math.ceil(last * (1 - share))]! }
}

function quartileBounds(sorted: Float64Array, { reach }: { readonly reach: number }): Bounds {
  const { lower: first, upper: third } = quantileBounds(sorted, { share: 0.25 })
  const last = sorted.length - 1
  const away = reach * (third - first)
  return { lower: Math.max(sorted[0]!, first - away), upper: Math.min(sorted[last]!, third + away) }
}

function clip(value: number, { lower, upper }: Bounds): number {
  return Math.min(Math.max(value, lower), upper)
}

/** Returns the row indices 0 to count − 1. */
export function allRows(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row)
}
