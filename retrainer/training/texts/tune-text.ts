import { probabilitiesOf } from '../../../models/text/softmax-head.ts'
import type { TextCase } from '../../../models/text/text-case.ts'
import type { TextMetrics } from '../../../models/text/text-metrics.ts'
import type { Strategy } from '../../../models/text/windows.ts'
import type { WordPieceTokenizer } from '../../../models/text/wordpiece.ts'
import type { Tuned } from '../../../runtimes/tensorflow/bert-blocks.ts'
import { openBertLearner } from '../../../runtimes/tensorflow/open-bert-learner.ts'
import { createTextReport } from './text-report.ts'
import { splitTexts, type TextSplitOptions } from './text-split.ts'
import { calibrate, requireTwoClasses } from './text-validation.ts'
import { trainEpochs, type EpochOptions } from './train-epochs.ts'
import { classWeightsOf, createTuningCases, markedWindows } from './tuning-cases.ts'

export interface TuneOptions extends EpochOptions {
  /** The float32 ONNX file of the backbone. */
  readonly file: string
  readonly tokenizer: WordPieceTokenizer
  readonly tune: Tuned
  readonly strategy: Exclude<Strategy, 'visit-wise'>
  readonly classWeights: 'none' | 'balanced'
  /** Training and test rows, unless the newest fifth is the test. */
  readonly split?: TextSplitOptions['split']
}

export interface Tuning {
  /** The tuned weights, including the head, by name. */
  readonly weights: ReadonlyMap<string, Float32Array>
  readonly temperature: number
  readonly metrics: TextMetrics
  /** Log loss on the validation cases, after calibration. */
  readonly validationLoss: number
  readonly right: readonly boolean[]
  readonly testRows: Int32Array
  /** Predictions for the test cases: [test cases × classes]. */
  readonly probabilities: Float64Array
  readonly epochs: number
  readonly backend: string
  readonly trainCases: number
  readonly testCases: number
  readonly truncated: { readonly cases: number; readonly ids: number }
}

/**
 * Fine-tunes a backbone with a classification head on the split that `trainOnText` uses: selects the best epoch and
 * calibrates on the validation cases, and measures on the test cases. Throws `DatasetError` for labels that nothing can
 * be learned from.
 */
export async function tuneText(
  cases: readonly TextCase[],
  times: Float64Array,
  labels: Int32Array,
  names: readonly string[],
  options: TuneOptions,
): Promise<Tuning> {
  const { settings, seed, checkpoint } = options
  requireTwoClasses(labels, names)
  const classes = names.length
  const split = splitTexts(times, seed, options)
  const { windows, truncated } = markedWindows(cases, { ...options, piecesMax: settings.piecesMax })
  const tuningCases = createTuningCases(
    windows,
    labels,
    classWeightsOf(labels, split.learning, classes, options.classWeights),
  )
  const learnerOptions = { file: options.file, tune: options.tune, classes, weightDecay: settings.weightDecay, seed }
  const training = openBertLearner({ ...learnerOptions, dropout: settings.dropout, from: checkpoint?.weights })
  const best = await trainEpochs(training, tuningCases, split, options).finally(() => training.close())
  // The best epoch need not be the last, so its weights are loaded again to measure.
  const learner = openBertLearner({ ...learnerOptions, dropout: 0, from: best.weights })
  try {
    const validationLogits = await tuningCases.logits(learner, split.validation)
    const { temperature, logLoss } = calibrate(validationLogits, tuningCases.labelsOf(split.validation), classes)
    const probabilities = probabilitiesOf(await tuningCases.logits(learner, split.test), classes, temperature)
    const report = createTextReport(tuningCases.labelsOf(split.test), classes, seed)
    return {
      weights: best.weights,
      temperature,
      metrics: report.metrics(probabilities),
      validationLoss: logLoss,
      right: report.right(probabilities),
      testRows: split.test,
      probabilities,
      epochs: best.epochs,
      backend: await learner.backend(),
      trainCases: split.train.length,
      testCases: split.test.length,
      truncated,
    }
  } finally {
    await learner.close()
  }
}
