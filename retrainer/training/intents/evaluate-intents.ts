import { bootstrapInterval, type Interval } from '../../../models/evaluation/bootstrap.ts'
import type { Model } from '../../../models/model.ts'
import { scored } from '../../lifecycle/scored.ts'
import type { IntentTexts } from './learn-intents.ts'

export interface IntentEvaluation {
  readonly accuracy: number
  readonly logLoss: number
  /** Loss of each text, for paired comparisons. */
  readonly losses: Float64Array
}

/** Evaluates a model on texts. Intents that the model does not have get the loss of the smallest probability. */
export async function evaluateIntents(
  model: Pick<Model, 'outputs' | 'score'>,
  data: IntentTexts,
): Promise<IntentEvaluation> {
  const width = model.outputs.length
  const given = await scored((batch, into) => model.score(batch, into), data, width)
  const places = data.intents.map((name) => model.outputs.indexOf(name))
  const losses = new Float64Array(data.count)
  let right = 0
  for (let row = 0; row < data.count; row++) {
    const label = data.labels[row]!
    const place = label === -1 ? width - 1 : places[label]!
    const own = given.subarray(row * width, (row + 1) * width)
    losses[row] = -Math.log(Math.max(place === -1 ? 0 : own[place]!, 1e-6))
    if (own.indexOf(own.reduce((most, one) => Math.max(most, one), 0)) === place) right++
  }
  return { accuracy: right / data.count, logLoss: losses.reduce((sum, one) => sum + one, 0) / data.count, losses }
}

/** Returns the mean difference in loss between two models on the same texts, with an interval. */
export function intentLossDifference(
  own: IntentEvaluation,
  other: IntentEvaluation,
  confidence: number,
  seed: number,
): Interval {
  const differences = own.losses.map((loss, row) => loss - other.losses[row]!)
  return bootstrapInterval(
    differences.length,
    (rows) => rows.reduce((sum, row) => sum + differences[row]!, 0) / rows.length,
    {
      seed,
      confidence,
    },
  )
}
