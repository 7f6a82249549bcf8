import { computeClassWeights } from '../check-classes.ts'
import type { Dataset } from '../model.ts'
import { chosenRows, type Split } from '../split.ts'
import { boost } from './boost.ts'
import { boostClasses, type ClassBoostingData } from './boost-classes.ts'
import { weightsOf } from './choose-rounds.ts'
import { logLossOfMargins, squaredLoss } from './loss.ts'
import { boostingOptions, type BoostingOptions } from './options.ts'

/** Kind of target: binary, a rate, or one of several classes. */
export type BoostedKind = 'classification' | 'regression' | 'classes'

/** Rounds without a better loss after which a fold stops early. */
const PATIENCE = 50

/**
 * Returns the loss on the split's test rows after each round, up to early stopping: one curve of a cross-validation
 * over the number of trees.
 */
export function foldLosses(
  data: Dataset,
  kind: BoostedKind,
  split: Split,
  overrides: Partial<BoostingOptions>,
  seed: number,
): number[] {
  const options = boostingOptions({ ...overrides, earlyStoppingRounds: PATIENCE }, data.featureNames)
  const [train, validation] = [chosenRows(data, split.train), chosenRows(data, split.test)]
  const { rounds } =
    kind === 'classes'
      ? boostClasses(ofClasses(train, validation, options), options, seed, () => {})
      : boost(
          { train, validation, weights: kind === 'classification' ? weightsOf(train, options) : null },
          kind === 'classification' ? logLossOfMargins : squaredLoss,
          options,
          seed,
        )
  return rounds.map(({ validationLoss }) => validationLoss!)
}

function ofClasses(train: Dataset, validation: Dataset, { classWeights }: BoostingOptions): ClassBoostingData {
  const classes = train.classes!.length
  return { train, validation, classes, weightByClass: computeClassWeights(train.labels, classes, classWeights) }
}
