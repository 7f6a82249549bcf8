import { checkDataset } from '../../../models/check-dataset.ts'
import type { Dataset, ScoringAlgorithm, TrainingProgress } from '../../../models/model.ts'
import { casesOfLines } from '../../../models/text/text-case.ts'
import { text } from '../../../models/text/text.ts'
import type { TextModelParameters } from '../../../models/text/text-model.ts'
import { openSentenceEncoder, type SentenceEncoderOptions } from '../../../runtimes/text/open-sentence-encoder.ts'
import type { Learner, Hyperparameters } from '../learner.ts'
import { trainOnText } from './train-on-text.ts'

/** The classes of a task, so that its probability is that of the second. */
const CLASSES = ['0', '1']

/** Learns from the texts of served rows, a record a line, on the backbone that `settings.backbone` names. */
export const textLearner: Learner = {
  algorithm: text as ScoringAlgorithm<unknown>,
  isSlow: true,
  usesBackbone: true,
  async train(
    data: Dataset,
    seed: number,
    progress?: TrainingProgress,
    settings: Hyperparameters = {},
  ): Promise<TextModelParameters> {
    checkDataset(data, 'classification', true)
    const backbone = settings['backbone'] as SentenceEncoderOptions | undefined
    if (backbone === undefined) throw new Error('Text models need a backbone, and none is configured.')
    const encoder = await openSentenceEncoder({ ...backbone, pooling: 'first-and-mean' })
    try {
      const cases = casesOfLines(data.texts, data.lineTimes)
      const places = Int32Array.from(cases.keys())
      const { parameters } = await trainOnText(
        { cases, caseOf: places, newest: places, times: data.times },
        Int32Array.from(data.labels),
        CLASSES,
        {
          encoder,
          strategies: ['visit-wise', 'newest'],
          withTerms: 'if-better',
          classWeights: 'none',
          seed,
          ...(progress === undefined ? {} : { progress }),
        },
      )
      return parameters
    } finally {
      await encoder.close()
    }
  },
}
