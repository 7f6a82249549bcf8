import type { NetworkOptions } from '../../../models/deep/network-options.ts'
import { logLoss, rootMeanSquaredError } from '../../../models/evaluation/metrics.ts'
import type { Dataset, TrainingProgress } from '../../../models/model.ts'
import { chosenRows, folds, subsample } from '../../../models/split.ts'
import { rowLosses } from '../../../models/text/text-metrics.ts'
import type { Learner } from '../learner.ts'
import { scored } from '../../lifecycle/scored.ts'
import { successiveHalving } from './successive-halving.ts'

export interface NetworkSearchOptions {
  readonly folds: number
  readonly seed: number
  /** Fixed settings, which are not searched. */
  readonly fixedOptions: Partial<NetworkOptions>
  readonly progress?: TrainingProgress | undefined
}

const HIDDEN: readonly (readonly number[])[] = [[32], [64, 32], [128, 64]]
const LEARNING_RATES = [0.001, 0.004]
/** Minimum number of rows at which a first comparison is meaningful. */
const ROWS_MIN = 1_000

/**
 * Searches layers and learning rate on a grid by cross-validation; each training stops early on its own held-out rows.
 */
export async function searchNetwork(
  data: Dataset,
  { algorithm, train }: Learner,
  { folds: parts, seed, fixedOptions, progress = () => {} }: NetworkSearchOptions,
): Promise<Partial<NetworkOptions>> {
  const candidates = (fixedOptions.hidden === undefined ? HIDDEN : [fixedOptions.hidden]).flatMap((hidden) =>
    (fixedOptions.learningRate === undefined ? LEARNING_RATES : [fixedOptions.learningRate]).map(
      (learningRate): Partial<NetworkOptions> => ({
        ...fixedOptions,
        hidden,
        learningRate,
      }),
    ),
  )
  const splits = folds(data, parts, seed)
  const outputs = data.classes?.length ?? 1
  const loss = outputs > 1 ? classLoss : algorithm.kind === 'classification' ? logLoss : rootMeanSquaredError
  let done = 0
  // Sequential, since one training keeps every core busy.
  let before: Promise<unknown> = Promise.resolve()
  const rate = async (candidate: Partial<NetworkOptions>, share: number) => {
    let sum = 0
    for (const split of splits) {
      const { train: learned, test } = subsample(split, Math.max(share, ROWS_MIN / data.count))
      const parameters = await train(chosenRows(data, learned), seed, undefined, { ...candidate })
      const rows = chosenRows(data, test)
      sum += loss(rows.labels, await scored(algorithm.scorer(parameters), rows, outputs))
    }
    progress(++done, 3 * candidates.length)
    return sum / splits.length
  }
  const [best] = await successiveHalving(candidates, (candidate, share) => {
    const rated = before.then(() => rate(candidate, share))
    before = rated.catch(() => {})
    return rated
  })
  return best!.candidate
}

function classLoss(labels: Float64Array, probabilities: Float64Array): number {
  const losses = rowLosses(Int32Array.from(labels), probabilities, probabilities.length / labels.length)
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}
