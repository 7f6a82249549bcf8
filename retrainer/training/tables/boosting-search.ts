import type { BoostingOptions } from '../../../models/boosting/options.ts'
import type { BoostedKind } from '../../../models/boosting/fold-losses.ts'
import { bestRound } from '../../../models/boosting/mean-curve.ts'
import type { Dataset, TrainingProgress } from '../../../models/model.ts'
import { folds, sharedOut } from '../../../models/split.ts'
import { startFoldWorkers } from './fold-workers.ts'
import { successiveHalving } from './successive-halving.ts'

export interface SearchOptions {
  readonly folds: number
  readonly seed: number
  /** Fixed settings, which are not searched. */
  readonly given: Partial<BoostingOptions>
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
  { folds: parts, seed, given, progress = () => {} }: SearchOptions,
): Promise<Partial<BoostingOptions>> {
  const candidates = (given.depthMax === undefined ? DEPTHS : [given.depthMax]).flatMap((depthMax) =>
    (given.learningRate === undefined ? LEARNING_RATES : [given.learningRate]).map(
      (learningRate): Partial<BoostingOptions> => ({
        trees: TREES_MAX,
        ...given,
        depthMax,
        leavesMax: given.leavesMax ?? 2 ** depthMax,
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
          workers.losses(sharedOut(split, Math.max(share, ROWS_MIN / data.count)), candidate, seed),
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
