import type { Dataset } from './model.ts'

/** Beyond these quantiles of the training rows a value counts as the quantile. */
const OUTLIER_SHARE = 0.001

/** Preprocessing as it was fitted on training rows, kept with the model. One entry a feature. */
export interface Standardisation {
  /** Outliers are drawn in to these bounds. */
  readonly lower: readonly number[]
  readonly upper: readonly number[]
  /** The mean, which also stands for a missing value. */
  readonly centre: readonly number[]
  /** One over the standard deviation; 0 for a feature that never changed, which so never counts. */
  readonly scale: readonly number[]
  /**
   * Features that were missing in some training rows and known in others: each has a column of its own, 1 where it is missing.
   */
  readonly indicators: readonly number[]
}

/** A table of standardised columns, one after the other: value of row i in column j at `j * count + i`. */
export interface Design {
  readonly count: number
  readonly width: number
  readonly columns: Float64Array
}

/** Fits on the rows with the given numbers only. NaN is a missing value; infinite ones count as outliers. */
export function fitStandardisation({ rows, width }: Pick<Dataset, 'rows' | 'width'>, chosen: Int32Array): Standardisation {
  const lower: number[] = []
  const upper: number[] = []
  const centre: number[] = []
  const scale: number[] = []
  const indicators: number[] = []
  const values = new Float64Array(chosen.length)
  for (let column = 0; column < width; column++) {
    let known = 0
    for (const row of chosen) {
      const value = rows[row * width + column]!
      if (!Number.isNaN(value)) values[known++] = value
    }
    const bounds = boundsOf(values.subarray(0, known).sort())
    let sum = 0
    for (let i = 0; i < known; i++) sum += drawnIn(values[i]!, bounds)
    const mean = known === 0 ? 0 : sum / known
    let squares = 0
    for (let i = 0; i < known; i++) squares += (drawnIn(values[i]!, bounds) - mean) ** 2
    // Missing values stand at the mean and so lessen the spread of the column as the model sees it.
    const deviation = Math.sqrt(squares / chosen.length)
    lower.push(bounds.lower)
    upper.push(bounds.upper)
    centre.push(mean)
    scale.push(deviation > 1e-9 * Math.max(1, Math.abs(mean)) ? 1 / deviation : 0)
    if (known > 0 && known < chosen.length) indicators.push(column)
  }
  return { lower, upper, centre, scale, indicators }
}

/** Columns of a design made by it. */
export function designWidth({ centre, indicators }: Standardisation): number {
  return centre.length + indicators.length
}

/** The chosen rows as a model sees them: first the features, then the indicators. */
export function designOf(
  standardisation: Standardisation,
  { rows, width }: Pick<Dataset, 'rows' | 'width'>,
  chosen: Int32Array,
): Design {
  const count = chosen.length
  const columns = new Float64Array(designWidth(standardisation) * count)
  const { indicators } = standardisation
  for (let column = 0; column < width; column++) {
    for (let i = 0; i < count; i++)
      columns[column * count + i] = standardised(standardisation, column, rows[chosen[i]! * width + column]!)
  }
  for (let k = 0; k < indicators.length; k++) {
    for (let i = 0; i < count; i++)
      columns[(width + k) * count + i] = Number.isNaN(rows[chosen[i]! * width + indicators[k]!]!) ? 1 : 0
  }
  return { count, width: designWidth(standardisation), columns }
}

/** Σ coefficient × column of the row that begins at `start`, without making the columns. */
export function weighed(
  standardisation: Standardisation,
  coefficients: ArrayLike<number>,
  rows: Float32Array,
  start: number,
): number {
  const width = standardisation.centre.length
  const { indicators } = standardisation
  let sum = 0
  for (let column = 0; column < width; column++)
    sum += coefficients[column]! * standardised(standardisation, column, rows[start + column]!)
  for (let k = 0; k < indicators.length; k++) if (Number.isNaN(rows[start + indicators[k]!]!)) sum += coefficients[width + k]!
  return sum
}

function standardised({ lower, upper, centre, scale }: Standardisation, column: number, value: number): number {
  if (Number.isNaN(value)) return 0
  return (Math.min(Math.max(value, lower[column]!), upper[column]!) - centre[column]!) * scale[column]!
}

interface Bounds {
  readonly lower: number
  readonly upper: number
}

/** A feature that is the same but for a few rows keeps its whole range: those few are all it tells. */
function boundsOf(sorted: Float64Array): Bounds {
  const finite = sorted.filter((value) => Number.isFinite(value))
  if (finite.length === 0) return { lower: 0, upper: 0 }
  const reach = finite.length - 1
  const lower = finite[Math.floor(reach * OUTLIER_SHARE)]!
  const upper = finite[Math.ceil(reach * (1 - OUTLIER_SHARE))]!
  return lower < upper ? { lower, upper } : { lower: finite[0]!, upper: finite[reach]! }
}

function drawnIn(value: number, { lower, upper }: Bounds): number {
  return Math.min(Math.max(value, lower), upper)
}

/** 0, 1, …, count − 1. */
export function allRows(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row)
}
