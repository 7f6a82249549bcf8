import type { BoostedClassesParameters } from '../../../models/boosting/boosted-classes.ts'
import type { BoostedParameters } from '../../../models/boosting/gradient-boosting.ts'
import type { NetworkParameters } from '../../../models/deep/network-parameters.ts'
import type { Dataset, TrainingProgress } from '../../../models/model.ts'
import type { LinearParameters } from '../../../models/linear/regularisation-path.ts'
import type { SoftmaxParameters } from '../../../models/linear/softmax-logistic.ts'
import { designNames, type Standardisation } from '../../../models/linear/standardise.ts'
import { searchBoosting } from './boosting-search.ts'
import { classLearners } from './class-learners.ts'
import type { Learner, Hyperparameters } from '../learner.ts'
import { learnerNamed } from '../learners.ts'
import { searchNetwork } from './network-search.ts'

type Kind = 'classification' | 'regression'

/** Variants of one algorithm for classification and regression. */
export interface Family {
  readonly name: string
  readonly title: string
  readonly learners: Readonly<Record<Kind, Learner>>
  /** Learner for several classes. */
  readonly classes: Learner
  /** Whether training usually stops early. */
  readonly stopsEarly: boolean
  /** Processor time of steps relative to a training with default settings on as many rows, for progress. */
  readonly durations: {
    /** Training with `refitSettings`. */
    readonly refit: number
    /** A fold of `search`. */
    readonly searchedFold: number
  }
  /**
   * Returns the hyperparameters for retraining a model on more rows without searching again. `grown` is the ratio of
   * the new number of rows to the old.
   */
  refitSettings(parameters: unknown, growth: number): Hyperparameters
  /**
   * Returns the standardisation, which clips outliers before the model sees them; not defined for models that take
   * values unchanged.
   */
  standardisation?(parameters: unknown): Standardisation
  /** Describes columns that the model ignores because their relation to the labels changes over time. */
  unstable?(parameters: unknown, data: Pick<Dataset, 'featureNames' | 'categories'>): readonly string[]
  /** Searches hyperparameters by cross-validation with `parts` folds. `classes` stands for several classes. */
  search(
    data: Dataset,
    kind: Kind | 'classes',
    parts: number,
    fixedOptions: Hyperparameters,
    seed: number,
    progress?: TrainingProgress,
  ): Promise<Hyperparameters>
}

const networkOf = {
  classification: learnerNamed('deep'),
  regression: learnerNamed('deep-rate'),
  classes: classLearners.deep,
}

export const families: readonly Family[] = [
  {
    name: 'gbm',
    title: 'Gradient boosting',
    learners: { classification: learnerNamed('gbm'), regression: learnerNamed('gbm-rate') },
    classes: classLearners.gbm,
    stopsEarly: true,
    // The training itself cross-validates the number of trees over five folds.
    durations: { refit: 0.2, searchedFold: 8 },
    refitSettings(parameters, growth) {
      const stored = parameters as BoostedParameters | BoostedClassesParameters
      const { options } = stored
      const forest = 'forests' in stored ? stored.forests[0]! : stored.forest
      // More rows support more trees, roughly in proportion to the rows that were held out for early stopping.
      return { ...options, trees: Math.max(1, Math.round((forest.roots.length - 1) * growth)), earlyStoppingRounds: 0 }
    },
    search: async (data, kind, folds, fixedOptions, seed, progress) => ({
      ...(await searchBoosting(data, kind, { folds, seed, fixedOptions, progress })),
    }),
  },
  {
    name: 'deep',
    title: 'Deep network',
    learners: networkOf,
    classes: networkOf.classes,
    stopsEarly: true,
    durations: { refit: 0.65, searchedFold: 8 },
    refitSettings(parameters) {
      const { training } = parameters as NetworkParameters
      return { ...training.options, epochs: training.bestEpoch, earlyStoppingEpochs: 0 }
    },
    standardisation: (parameters) => (parameters as NetworkParameters).standardisation,
    search: (data, kind, folds, fixedOptions, seed, progress) =>
      searchNetwork(data, networkOf[kind], { folds, seed, fixedOptions, progress }),
  },
  {
    name: 'linear',
    title: 'Regularised linear',
    learners: { classification: learnerNamed('logistic'), regression: learnerNamed('linear') },
    classes: classLearners.linear,
    stopsEarly: false,
    // The training itself tries a path of penalties; with a given one it fits once.
    durations: { refit: 0.08, searchedFold: 0 },
    refitSettings(parameters) {
      const stored = parameters as LinearParameters | SoftmaxParameters
      if ('lambda' in stored) return { lambda: stored.lambda }
      const { penalty } = stored
      return { lambda: penalty.lambda, l1Ratios: [penalty.l1Ratio], stable: stored.unstable !== undefined }
    },
    standardisation: (parameters) => (parameters as LinearParameters).standardisation,
    unstable(parameters, { featureNames, categories }) {
      const { standardisation, unstable = [] } = parameters as LinearParameters
      const names = designNames(standardisation, featureNames, categories)
      return unstable.map((column) => names[column]!)
    },
    // Every training of a linear model selects its penalty by itself.
    search: (_data, _kind, folds, fixedOptions) => Promise.resolve({ ...fixedOptions, folds }),
  },
]

export function familyNamed(name: string): Family {
  const found = families.find((family) => family.name === name)
  if (found === undefined)
    throw new Error(`There is no model family ${name}. There are: ${families.map((family) => family.name).join(', ')}.`)
  return found
}
