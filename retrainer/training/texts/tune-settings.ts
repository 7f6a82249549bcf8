import type { SettingRule } from '../../../models/check-settings.ts'
import type { Tuned } from '../../../runtimes/tensorflow/bert-blocks.ts'

export interface TuneSettings {
  readonly epochs: number
  readonly batchRows: number
  /** Batches whose gradients are accumulated per step. */
  readonly accumulate: number
  readonly learningRate: number
  readonly headLearningRate: number
  readonly weightDecay: number
  readonly dropout: number
  /** Maximum number of pieces read per case, including special tokens. */
  readonly piecesMax: number
  /** Early stopping patience in epochs of validation loss. */
  readonly earlyStoppingEpochs: number
}

/**
 * Settings as for fine-tuning BERT (Devlin et al. 2019, A.3). The head learns faster, since it starts from scratch; a
 * single layer may learn faster than all layers.
 */
export const defaultTuning: Readonly<Record<Tuned, TuneSettings>> = {
  all: {
    epochs: 3,
    batchRows: 16,
    accumulate: 1,
    learningRate: 5e-5,
    headLearningRate: 1e-3,
    weightDecay: 0.01,
    dropout: 0.1,
    piecesMax: 128,
    earlyStoppingEpochs: 1,
  },
  last: {
    epochs: 6,
    batchRows: 16,
    accumulate: 1,
    learningRate: 1e-4,
    headLearningRate: 1e-3,
    weightDecay: 0.01,
    dropout: 0.1,
    piecesMax: 128,
    earlyStoppingEpochs: 2,
  },
}

export const tuneRules: Readonly<Record<keyof TuneSettings, SettingRule>> = {
  epochs: [1, 100, true],
  batchRows: [1, 1024, true],
  accumulate: [1, 1024, true],
  learningRate: [0, 1, false],
  headLearningRate: [0, 1, false],
  weightDecay: [0, 1, false],
  dropout: [0, 0.9, false],
  piecesMax: [3, 512, true],
  earlyStoppingEpochs: [0, 100, true],
}
