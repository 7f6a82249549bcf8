import { contextColumns } from '../../../models/intent/context-columns.ts'
import { intentBatches, padded } from '../../../models/intent/intent-batches.ts'
import {
  packIntentWeights,
  unpackIntentWeights,
  type IntentParameters,
} from '../../../models/intent/intent-parameters.ts'
import { pieceReader } from '../../../models/intent/intent-pieces.ts'
import { random, randomInteger } from '../../../models/random.ts'
import { openIntentLearner } from '../../../runtimes/tensorflow/open-intent-learner.ts'
import type { IntentTexts } from './learn-intents.ts'

export interface StepOptions {
  readonly learningRate: number
  readonly dropout: number
  readonly batchRows: number
  /** Passes over the new texts. */
  readonly passes: number
  /** Earlier texts replayed per new one, against catastrophic forgetting (Robins 1995; Rolnick et al. 2019). */
  readonly replayed: number
  readonly seed: number
}

export const defaultSteps: StepOptions = {
  learningRate: 0.0005,
  dropout: 0.1,
  batchRows: 32,
  passes: 4,
  replayed: 3,
  seed: 1,
}

export interface Stepped {
  readonly parameters: IntentParameters
  readonly steps: number
  /** Mean loss of the first and the last pass. */
  readonly losses: readonly [first: number, last: number]
}

/**
 * Takes gradient steps from a released model on new texts, mixed with replayed earlier ones. Both use the model's
 * intents in its order. Texts with another label are skipped, since steps can't add an intent to a model. Temperature
 * and threshold stay unchanged.
 */
export async function stepIntents(
  parameters: IntentParameters,
  fresh: IntentTexts,
  former: IntentTexts,
  options: StepOptions = defaultSteps,
): Promise<Stepped> {
  const { shape, context } = parameters
  const next = random(options.seed)
  const read = pieceReader(parameters.pieces, shape.piecesMax)
  const texts = [...fresh.texts, ...former.texts].map(read)
  const lengths = Int32Array.from(texts, (ids) => ids.length)
  const labels = Int32Array.from([...fresh.labels, ...former.labels])
  const columns = new Float32Array(texts.length * shape.context)
  columns.set(contextColumns(context, fresh))
  columns.set(contextColumns(context, former), fresh.count * shape.context)
  const known = (from: number, count: number) =>
    Int32Array.from({ length: count }, (_, row) => from + row).filter((row) => labels[row] !== -1)
  const [freshRows, formerRows] = [known(0, fresh.count), known(fresh.count, former.count)]
  const { learningRate, dropout, seed } = options
  const learner = openIntentLearner(shape, [...unpackIntentWeights(parameters).values()], {
    learningRate,
    weightDecay: 0.01,
    dropout,
    seed,
  })
  try {
    const losses: number[] = []
    let steps = 0
    for (let pass = 0; pass < options.passes; pass++) {
      const replayed = Int32Array.from(
        { length: formerRows.length === 0 ? 0 : options.replayed * freshRows.length },
        () => formerRows[randomInteger(next, formerRows.length)]!,
      )
      let sum = 0
      const batches = intentBatches(lengths, Int32Array.from([...freshRows, ...replayed]), options.batchRows, next)
      for (const batch of batches) {
        const inputs = padded(texts, columns, shape.context, batch)
        const own = Int32Array.from(batch, (row) => labels[row]!)
        sum += await learner.step({ ...inputs, labels: own, weights: new Float32Array(batch.length).fill(1) })
        steps++
      }
      losses.push(batches.length === 0 ? Number.NaN : sum / batches.length)
    }
    const weights = await learner.weights()
    return {
      parameters: { ...parameters, weights: packIntentWeights(weights) },
      steps,
      losses: [losses[0] ?? Number.NaN, losses.at(-1) ?? Number.NaN],
    }
  } finally {
    await learner.close()
  }
}
