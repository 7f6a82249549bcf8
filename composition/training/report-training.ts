import type { IntentRetraining } from '../../retrainer/lifecycle/retrain-intents.ts'
import type { Retraining } from '../../retrainer/lifecycle/retrain.ts'
import type { CommandContext } from '../context.ts'

/** Logs the result of a training of the intent model. */
export function reportIntents({ log }: CommandContext, { modelId, promote, reason }: IntentRetraining): void {
  log('info', `A model is ${promote ? 'released' : 'kept as challenger'}: ${reason}`, { task: 'intent', modelId })
}

/** Logs the result of a training. */
export function report({ log }: CommandContext, task: string, result: Retraining): void {
  if (result.kind === 'too-few-rows')
    log('info', 'There are too few outcomes for a model', { task, outcomes: result.rows, needed: result.needed })
  else if (result.kind === 'one-class')
    log('info', 'All outcomes are the same; there is nothing to learn', { task, outcomes: result.rows })
  else {
    for (const { algorithm, reason } of result.leftOut)
      log('warn', `A challenger is left out of the comparison: ${algorithm}, ${reason}`, { task })
    log('info', `A model is ${result.promote ? 'released' : 'kept as challenger'}: ${result.reason}`, {
      task,
      modelId: result.modelId,
      algorithm: result.algorithm,
      beyond: Object.fromEntries(
        result.candidates.flatMap(({ algorithm, lossBeyond }) =>
          lossBeyond === null || lossBeyond === undefined ? [] : [[algorithm, Number(lossBeyond.estimate.toFixed(4))]],
        ),
      ),
    })
  }
}
