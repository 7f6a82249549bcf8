import type { BoostingOptions } from '../../../models/boosting/options.ts'
import type { BoostedKind } from '../../../models/boosting/fold-losses.ts'
import { bestRound } from '../../../models/boosting/mean-curve.ts'
import type { Dataset, TrainingProgress } from '../../../models/model.ts'
import { folds, subsample } from '../../../models/split.ts'
import { startFoldWorkers } from './fold-workers.ts'
import { successiveHalving } from './successive-halving.ts'

export interface SearchOptions {
  readonly folds: number
  readonly seed: number
  /** Fixed settings, which are not searched. */
  readonly fixedOptions: Partial<BoostingOptions>
  readonly progress?: TrainingProgress | undefined
}

const DEPTHS = [3, 5, 7]
const LEARNING_RATES = [0.05, 0.1]
const TREES_MAX = 1_000
/** Minimum number of rows at which a first comparison is meaningful. */
const ROWS_MIN = 1_000

/** Searches depth, learning rate and number of trees on a grid by cross-validation in threads (spec C5). */
export async function searchBoosting(
  data: Dataset,
  kind: BoostedKind,
  { folds: parts, seed, fixedOptions, progress = () => {} }: SearchOptions,
): Promise<Partial<BoostingOptions>> {
  const candidates = (fixedOptions.depthMax === undefined ? DEPTHS : [fixedOptions.depthMax]).flatMap((depthMax) =>
    (fixedOptions.learningRate === undefined ? LEARNING_RATES : [fixedOptions.learningRate]).map(
      (learningRate): Partial<BoostingOptions> => ({
        trees: TREES_MAX,
        ...fixedOptions,
        depthMax,
        leavesMax: fixedOptions.leavesMax ?? 2 ** depthMax,
        learningRate,
      }),
    ),
  )
  const splits = folds(data, parts, seed)
  const rounds = new Map<Partial<BoostingOptions>, number>()
  const workers = startFoldWorkers(data, kind)
  let done = 0
  try {
    const [best] = await successiveHalving(candidates, async (candidate, share) => {
      const curves = await Promise.all(
        splits.map((split) =>
          workers.losses(subsample(split, Math.max(share, ROWS_MIN / data.count)), candidate, seed),
        ),
      )
      progress(++done, 3 * candidates.length)
      const found = bestRound(curves)
      rounds.set(candidate, found.rounds)
      return found.loss
    })
    return { ...best!.candidate, trees: rounds.get(best!.candidate)!, earlyStoppingRounds: 0 }
  } finally {
    await workers.close()
  }
}
