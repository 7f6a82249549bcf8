import { wrongSettings, type SettingRule } from '../check-settings.ts'

/**
 * What decides how trees are grown. Every field is a number or a flat record, so that a search can vary any of them.
 */
export interface BoostingOptions {
  /** Rounds at most; early stopping may end sooner. */
  readonly trees: number
  /** The share of each tree's answer that is added (Friedman 2001, 5: shrinkage). */
  readonly learningRate: number
  /** Splits between the root and a leaf, at most. */
  readonly depthMax: number
  readonly leavesMax: number
  /** Fewer rows make no leaf. */
  readonly leafRowsMin: number
  /** A smaller sum of second derivatives makes no leaf. */
  readonly leafHessianMin: number
  /** Added to the sum of second derivatives under a leaf's value. */
  readonly l2: number
  /** A split that gains less is not made. */
  readonly gainMin: number
  /** Share of the rows that each tree sees (Friedman 2002). */
  readonly rowShare: number
  /** Share of the features that each tree sees; of few it sees `COLUMNS_MIN` or all. */
  readonly columnShare: number
  /** Bins per feature, plus one for missing values. */
  readonly binsMax: number
  /**
   * `balanced`: both classes weigh the same in all. Probabilities are then those of a world where they are equally
   * frequent.
   */
  readonly classWeights: 'none' | 'balanced'
  /** By feature name: 1, the answer never falls as the feature grows; −1, it never rises. */
  readonly monotone: Readonly<Record<string, 1 | -1>>
  /** A category column with no more categories is split one against the rest; one with more, by sets. */
  readonly oneHotCategoriesMax: number
  /** Rounds without a better validation loss that end the training; 0: all rounds. */
  readonly earlyStoppingRounds: number
  /** The newest share of the rows, held out to stop by. */
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
  // Scoring fills every tree up to its full depth: twelve levels are 4,096 leaves a tree.
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

/** The options with the defaults where nothing is said. Throws with all that is wrong at once. */
export function boostingOptions(given: Partial<BoostingOptions>, featureNames: readonly string[]): BoostingOptions {
  const options = { ...defaultBoosting, ...given }
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
