import { gbm, gbmRate, type BoostedParameters } from '../models/boosting/gradient-boosting.ts'
import { linear } from '../models/linear.ts'
import { logistic } from '../models/logistic.ts'
import type { Algorithm, Dataset, TrainingProgress } from '../models/model.ts'
import type { LinearParameters } from '../models/regularisation-path.ts'
import { searchBoosting } from './boosting-search.ts'

type Kind = 'classification' | 'regression'
type Options = Readonly<Record<string, unknown>>

/** Algorithms of one idea, for classes and for rates. */
export interface Family {
  readonly name: string
  readonly title: string
  readonly algorithms: Readonly<Record<Kind, Algorithm<never, never>>>
  /** How a model was found to be best, for training once more on more rows without looking for it again. `grown`: how many times as many. */
  settled(parameters: never, grown: number): Options
  /** Settings by cross-validation over so many parts of the rows. */
  search(data: Dataset, kind: Kind, parts: number, given: Options, seed: number, progress?: TrainingProgress): Promise<Options>
}

export const families: readonly Family[] = [
  {
    name: 'gbm',
    title: 'Gradient boosting',
    algorithms: { classification: gbm, regression: gbmRate } as never,
    settled: ({ forest, options }: BoostedParameters, grown: number): Options => ({
      ...options,
      // More rows bear more trees, about in proportion to what was held out to stop by.
      trees: Math.max(1, Math.round((forest.roots.length - 1) * grown)),
      earlyStoppingRounds: 0,
    }),
    search: (data, kind, folds, given, seed, progress) =>
      searchBoosting(data, kind, { folds, seed, given, progress }) as Promise<Options>,
  },
  {
    name: 'linear',
    title: 'Regularised linear',
    algorithms: { classification: logistic, regression: linear } as never,
    settled: ({ penalty }: LinearParameters): Options => ({ lambda: penalty.lambda, l1Ratios: [penalty.l1Ratio] }),
    // It looks for its penalty whenever it is trained.
    search: (_data, _kind, folds, given) => Promise.resolve({ ...given, folds }),
  },
]

export function familyNamed(name: string): Family {
  const found = families.find((family) => family.name === name)
  if (found === undefined)
    throw new Error(`There is no family of models ${name}. There are: ${families.map((family) => family.name).join(', ')}.`)
  return found
}
