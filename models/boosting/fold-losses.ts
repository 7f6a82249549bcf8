import type { Dataset } from '../model.ts'
import { chosenRows, type Split } from '../split.ts'
import { boost } from './boost.ts'
import { logLossOfMargins, squaredLoss } from './loss.ts'
import { boostingOptions, type BoostingOptions } from './options.ts'

/** Rounds without a better loss after which a part is not worth going on with. */
const PATIENCE = 50

/**
 * The loss on a split's test rows after each round, as far as it is worth going: one curve of a cross-validation over
 * the number of trees.
 */
export function foldLosses(
  data: Dataset,
  kind: 'classification' | 'regression',
  split: Split,
  given: Partial<BoostingOptions>,
  seed: number,
): number[] {
  const options = boostingOptions({ ...given, earlyStoppingRounds: PATIENCE }, data.featureNames)
  const loss = kind === 'classification' ? logLossOfMargins : squaredLoss
  const [train, validation] = [chosenRows(data, split.train), chosenRows(data, split.test)]
  return boost({ train, validation, weights: null }, loss, options, seed).rounds.map(
    ({ validationLoss }) => validationLoss!,
  )
}
