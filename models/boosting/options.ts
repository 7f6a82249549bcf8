import { wrongSettings, type SettingRule } from '../check-settings.ts'

/** Hyperparameters of boosting. Every field is a scalar or a flat record, so that a search can vary any of them. */
export interface BoostingOptions {
  /** Maximum number of rounds; early stopping may end sooner. */
  readonly trees: number
  /** Factor on each tree's values (shrinkage; Friedman 2001, 5). */
  readonly learningRate: number
  /** Maximum number of splits between the root and a leaf. */
  readonly depthMax: number
  readonly leavesMax: number
  /** Minimum number of rows in a leaf. */
  readonly leafRowsMin: number
  /** Minimum sum of second derivatives in a leaf. */
  readonly leafHessianMin: number
  /** L2 penalty, added to the sum of second derivatives in the denominator of a leaf's value. */
  readonly l2: number
  /** Gain that a split must exceed. */
  readonly gainMin: number
  /** Share of the rows sampled for each tree (Friedman 2002). */
  readonly rowShare: number
  /** Share of the features sampled for each tree; with one output, at least `COLUMNS_MIN` of them. */
  readonly columnShare: number
  /** Bins per feature, plus one for missing values. */
  readonly binsMax: number
  /** `balanced` gives every class the same total weight. Probabilities are then those for equally frequent classes. */
  readonly classWeights: 'none' | 'balanced'
  /** By feature name: 1 if the output never falls as the feature grows, −1 if it never rises. */
  readonly monotone: Readonly<Record<string, 1 | -1>>
  /** A categorical feature with at most this many categories is split one-vs-rest; one with more, by sets. */
  readonly oneHotCategoriesMax: number
  /** Rounds without a better validation loss after which training stops; 0 disables early stopping. */
  readonly earlyStoppingRounds: number
  /** Share of the rows, the newest ones, held out for early stopping. */
  readonly validationShare: number
}

export const defaultBoosting: BoostingOptions = {
  trees: 1000,
  learningRate: 0.04,
  depthMax: 4,
  leavesMax: 16,
  leafRowsMin: 20,
  leafHessianMin: 1e-3,
  l2: 1,
  gainMin: 0,
  rowShare: 0.7,
  columnShare: 0.5,
  binsMax: 255,
  classWeights: 'none',
  monotone: {},
  oneHotCategoriesMax: 4,
  earlyStoppingRounds: 30,
  validationShare: 0.2,
}

type NumericOption = {
  [Name in keyof BoostingOptions]: BoostingOptions[Name] extends number ? Name : never
}[keyof BoostingOptions]

const classWeights = { oneOf: ['none', 'balanced'] }

const bounds: Readonly<Record<NumericOption, SettingRule>> = {
  trees: [1, 10_000, true],
  learningRate: [1e-4, 1, false],
  // Scoring pads every tree to its full depth: twelve levels are 4,096 leaves per tree.
  depthMax: [1, 12, true],
  leavesMax: [2, 4_096, true],
  leafRowsMin: [1, 1e9, true],
  leafHessianMin: [0, 1e9, false],
  l2: [0, 1e9, false],
  gainMin: [0, 1e9, false],
  rowShare: [0.01, 1, false],
  columnShare: [0.01, 1, false],
  binsMax: [2, 255, true],
  oneHotCategoriesMax: [0, 255, true],
  earlyStoppingRounds: [0, 10_000, true],
  validationShare: [0.05, 0.5, false],
}

/** Fills in the defaults and validates. Throws an error that lists every invalid option. */
export function boostingOptions(overrides: Partial<BoostingOptions>, featureNames: readonly string[]): BoostingOptions {
  const options = { ...defaultBoosting, ...overrides }
  const wrong = wrongSettings(options, { ...bounds, classWeights }, ['monotone'])
  const { monotone } = options
  if (typeof monotone !== 'object' || monotone === null || Array.isArray(monotone))
    wrong.push(`monotone is ${JSON.stringify(monotone)}: it must be an object as {"age": 1}.`)
  else
    for (const [name, direction] of Object.entries(monotone)) {
      if (!featureNames.includes(name)) wrong.push(`monotone names ${name}, which is no feature.`)
      if (Math.abs(direction) !== 1) wrong.push(`monotone ${name} is ${direction}: it must be 1 or -1.`)
    }
  if (wrong.length > 0) throw new Error(`The boosting options can't be used. ${wrong.join(' ')}`)
  return options
}
