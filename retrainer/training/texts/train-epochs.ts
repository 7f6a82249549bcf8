import { random } from '../../../models/random.ts'
import type { OpenBertLearner } from '../../../runtimes/tensorflow/open-bert-learner.ts'
import { logLossOf } from './text-validation.ts'
import type { TextSplit } from './text-split.ts'
import type { TuneSettings } from './tune-settings.ts'
import type { TuningCases } from './tuning-cases.ts'

/** State from which an interrupted training continues. */
export interface TuneCheckpoint {
  readonly epochs: number
  readonly bestLoss: number
  readonly weights: ReadonlyMap<string, Float32Array>
}

export interface EpochOptions {
  readonly settings: TuneSettings
  readonly seed: number
  readonly checkpoint?: TuneCheckpoint | undefined
  /** Called after each epoch that is the best so far. */
  readonly save?: (checkpoint: TuneCheckpoint) => void
  readonly progress?: (share: number, loss?: number) => void
}

const WARM_UP_SHARE = 0.1

/** Trains with early stopping on the validation rows, and returns the best epoch. */
export async function trainEpochs(
  learner: OpenBertLearner,
  cases: TuningCases,
  { learning, validation }: Pick<TextSplit, 'learning' | 'validation'>,
  options: EpochOptions,
): Promise<TuneCheckpoint> {
  const { settings, checkpoint, save = () => {} } = options
  let best = checkpoint
  let waited = 0
  for (
    let epoch = (checkpoint?.epochs ?? 0) + 1;
    epoch <= settings.epochs && waited < settings.earlyStoppingEpochs;
    epoch++
  ) {
    await trainEpoch(learner, cases, learning, epoch, options)
    const bestLoss = logLossOf(await cases.logits(learner, validation), cases.labelsOf(validation), cases.classes, 1)
    waited = best !== undefined && bestLoss >= best.bestLoss ? waited + 1 : 0
    if (waited > 0) continue
    best = { weights: await learner.weights(), epochs: epoch, bestLoss }
    save(best)
  }
  return best!
}

async function trainEpoch(
  learner: OpenBertLearner,
  cases: TuningCases,
  learning: Int32Array,
  epoch: number,
  { settings, seed, progress = () => {} }: EpochOptions,
): Promise<void> {
  const { batchRows, accumulate, epochs } = settings
  const stepsPerEpoch = Math.ceil(learning.length / batchRows / accumulate)
  const batches = cases.shuffled(learning, batchRows, random(seed + epoch))
  let step = (epoch - 1) * stepsPerEpoch
  for (let from = 0; from < batches.length; from += accumulate) {
    const share = ++step / (stepsPerEpoch * epochs)
    const rate = learningRateAt(share)
    const together = batches.slice(from, from + accumulate).map(cases.batch)
    progress(share, await learner.step(together, settings.learningRate * rate, settings.headLearningRate * rate))
  }
}

/** Returns the factor of the learning rate: linear warm-up, then linear decay to 0. */
function learningRateAt(share: number): number {
  return share < WARM_UP_SHARE ? share / WARM_UP_SHARE : (1 - share) / (1 - WARM_UP_SHARE)
}
