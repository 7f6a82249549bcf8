import { wrongSettings } from '../check-settings.ts'
import type { Outliers } from './standardise.ts'

/** How the penalty is chosen. */
export interface PathOptions {
  /** 1 is the Lasso, 0 Ridge, between them an elastic net: each has a path of its own. */
  readonly l1Ratios: readonly number[]
  /** Strengths on a path, from the weakest λ at which all coefficients are zero down. */
  readonly lambdas: number
  /** A strength that is given and not looked for; the first of `l1Ratios` goes with it. */
  readonly lambda: number | undefined
  /**
   * Parts for a cross-validation, each tested by older rows where rows have a time; 1: the newest quarter of the rows
   * validates (a random one where rows have no time).
   */
  readonly folds: number
  readonly outliers: Outliers | undefined
  /**
   * Takes the strongest penalty whose loss is within a standard error of the least, over the parts: the simplest model
   * that is about as good.
   */
  readonly simplest: boolean
  /**
   * Where rows have a time, only columns whose relation to the labels holds at all times count (`stableColumns`).
   */
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

/** The options with the defaults where nothing is said. Throws with all that is wrong at once. */
export function pathOptions(given: Partial<PathOptions>): PathOptions {
  const options = { ...defaultPath, ...given }
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
