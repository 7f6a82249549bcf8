import { logLoss, rootMeanSquaredError } from '../../models/evaluation/metrics.ts'
import type { Dataset } from '../../models/model.ts'
import type { ScoringRuntimes } from '../../models/scoring-runtimes.ts'
import { chosenRows, temporalHoldout } from '../../models/split.ts'
import type { Hyperparameters, Learner } from '../training/learner.ts'
import { NEWEST_SHARE } from './newest-share.ts'
import { scored } from './scored.ts'

/** Time in which the search of one algorithm may start candidates, ms. */
export const SEARCH_MS = 60_000

const TREES: readonly Hyperparameters[] = [
  { depthMax: 3, leavesMax: 8 },
  { depthMax: 7, leavesMax: 128 },
]

/** Settings to try by algorithm. Linear models choose their penalty themselves, and slow learners are not searched. */
const CANDIDATES: Readonly<Record<string, readonly Hyperparameters[]>> = { gbm: TREES, 'gbm-rate': TREES }

export interface TriedSettings {
  /** Empty for the defaults of the algorithm. */
  readonly settings: Hyperparameters
  readonly loss: number
}

export interface SearchOptions {
  readonly seed: number
  /** Settings of the champion, if it is of this algorithm. */
  readonly championSettings?: Hyperparameters | undefined
  readonly timeMaxMs: number
  readonly runtimes?: ScoringRuntimes | undefined
}

/**
 * Tries the defaults of an algorithm, the settings of the champion and a few others on the older rows of the training
 * rows, and returns what was tried, the lowest loss on their newest quarter first. Once the time is over no further
 * candidate is started. Empty if the algorithm has nothing to choose from.
 */
export async function searchSettings(
  learner: Learner,
  rows: Dataset,
  { seed, championSettings, timeMaxMs, runtimes }: SearchOptions,
): Promise<readonly TriedSettings[]> {
  const candidates = distinct([
    {},
    ...(championSettings === undefined ? [] : [championSettings]),
    ...(CANDIDATES[learner.algorithm.name] ?? []),
  ])
  if (candidates.length < 2) return []
  const { train, test } = temporalHoldout(rows, NEWEST_SHARE, seed)
  const [older, newest] = [chosenRows(rows, train), chosenRows(rows, test)]
  if (new Set(older.labels).size < 2) return []
  const loss = learner.algorithm.kind === 'classification' ? logLoss : rootMeanSquaredError
  const endsAt = performance.now() + timeMaxMs
  const tried: TriedSettings[] = []
  for (const settings of candidates) {
    if (tried.length > 0 && performance.now() >= endsAt) break
    const parameters = await learner.train(older, seed, undefined, settings)
    const scores = await scored(learner.algorithm.scorer(parameters, runtimes), newest)
    tried.push({ settings, loss: loss(newest.labels, scores) })
  }
  return tried.sort((one, other) => one.loss - other.loss)
}

function distinct(candidates: readonly Hyperparameters[]): Hyperparameters[] {
  return [...new Map(candidates.map((one) => [JSON.stringify(one), one])).values()]
}
