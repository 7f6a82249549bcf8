import { checkDataset } from '../../../models/check-dataset.ts'
import type { ScoringAlgorithm } from '../../../models/model.ts'
import { text } from '../../../models/text/text.ts'
import type { Learner } from '../learner.ts'
import { trainTextInThread } from './train-text-in-thread.ts'

/** Trains on the texts of served rows, one record per line, with a backbone. */
export const textLearner: Learner = {
  algorithm: text as ScoringAlgorithm<unknown>,
  isSlow: true,
  async train(data, seed, progress, _settings, { backbone, timeMaxMs } = {}) {
    checkDataset(data, 'classification', true)
    if (backbone === undefined) throw new Error('Text models need a backbone, and none is configured.')
    const { texts, lineTimes, labels, times } = data
    // With a time limit, only each visit is encoded, not the joined text as well.
    const strategies = timeMaxMs === undefined ? (['visit-wise', 'newest'] as const) : (['visit-wise'] as const)
    return trainTextInThread({ texts, lineTimes, labels, times, seed, backbone, strategies }, progress, timeMaxMs)
  },
}
