import { wrongSettings } from '../check-settings.ts'
import type { Outliers } from './standardise.ts'

/** Options for choosing the penalty. */
export interface PathOptions {
  /** Mixing ratios, each with its own path: 1 is the Lasso, 0 Ridge, anything between an elastic net. */
  readonly l1Ratios: readonly number[]
  /** Number of λ on a path, from the smallest at which all coefficients are zero downwards. */
  readonly lambdas: number
  /** Fixed λ instead of a search; used with the first of `l1Ratios`. */
  readonly lambda: number | undefined
  /**
   * Folds of the cross-validation, by forward chaining where rows have a time. With 1, a quarter of the rows is held
   * out: the newest, or a random one without times.
   */
  readonly folds: number
  readonly outliers: Outliers | undefined
  /**
   * Whether to choose the strongest penalty whose loss is within a standard error of the lowest, over the folds: the
   * simplest model that is about as good.
   */
  readonly simplest: boolean
  /** Whether to use only columns with a stable relation to the labels (`stableColumns`), where rows have a time. */
  readonly stable: boolean
}

const defaultPath: PathOptions = {
  l1Ratios: [1, 0.5, 0],
  lambdas: 10,
  lambda: undefined,
  folds: 5,
  outliers: undefined,
  simplest: false,
  stable: true,
}

const rules = {
  lambdas: [1, 1000, true],
  lambda: [0, 1e9, false],
  folds: [1, 100, true],
  simplest: 'flag',
  stable: 'flag',
} as const

/** Fills in the defaults and validates. Throws an error that lists every invalid option. */
export function pathOptions(overrides: Partial<PathOptions>): PathOptions {
  const options = { ...defaultPath, ...overrides }
  const { l1Ratios, outliers } = options
  const wrong = wrongSettings(options, rules, ['l1Ratios', 'outliers'])
  const areShares = Array.isArray(l1Ratios) && l1Ratios.length > 0 && l1Ratios.every((one) => one >= 0 && one <= 1)
  if (!areShares) wrong.push(`l1Ratios is ${JSON.stringify(l1Ratios)}: it must be a list of numbers from 0 to 1.`)
  if (outliers !== undefined && !canBeOutliers(outliers))
    wrong.push(
      `outliers is ${JSON.stringify(outliers)}: it must be {"by": "quantile", "share": 0 to 0.25}, {"by": "quartiles", "reach": 0 to 1000} or {"by": "none"}.`,
    )
  if (wrong.length > 0) throw new Error(`The options of the linear model can't be used. ${wrong.join(' ')}`)
  return options
}

function canBeOutliers(outliers: Outliers): boolean {
  if (typeof outliers !== 'object' || outliers === null) return false
  if (outliers.by === 'quantile') return outliers.share >= 0 && outliers.share <= 0.25
  return outliers.by === 'none' || (outliers.by === 'quartiles' && outliers.reach >= 0 && outliers.reach <= 1000)
}
