import { defaultIntentSettings } from '../../retrainer/training/intents/learn-intents.ts'
import { INTENT_TASK, retrainIntents, type IntentOutcome } from '../../retrainer/lifecycle/retrain-intents.ts'
import { recordEnd } from '../../retrainer/lifecycle/run-training.ts'
import type { Database } from '../../store/database.ts'
import { beginTraining, withTrainingLock, type StoredTraining } from '../../store/models/trainings.ts'
import type { CommandContext } from '../context.ts'
import { VERSION } from '../version.ts'
import { piecesFromBackbone } from './pieces-from-backbone.ts'
import { createProgress } from './progress.ts'
import { reportIntents } from './report-training.ts'

/** Retrains the intent model from scratch on every labelled turn. */
export async function trainIntents(context: CommandContext, database: Database, seed = 1): Promise<IntentOutcome> {
  const progress = createProgress('Model of intents', 1, context.log)
  try {
    return await retrainIntents({
      database,
      codeVersion: VERSION,
      seed,
      vectorOf: piecesFromBackbone(context, undefined, defaultIntentSettings.width, seed),
      progress(share, loss) {
        context.stopped.throwIfAborted()
        progress.update(share, loss)
      },
    })
  } finally {
    progress.stop()
  }
}

/** Trains the intent model because a person asked for it, and records the result. */
export async function trainRequestedIntents(
  context: CommandContext,
  database: Database,
  request: StoredTraining,
): Promise<void> {
  const seen = { labels: 0, knownTo: null }
  await withTrainingLock(database, request.task, async () => {
    const id = await beginTraining(database, request.task, { request: request.id }, seen)
    await recordEnd(database, id, async () => {
      if (request.task !== INTENT_TASK) throw new Error(`There is no task ${request.task} to train.`)
      const result = await trainIntents(context, database)
      if (result.kind === 'too-few') {
        const words = `There are ${result.turns} labelled turns, and ${result.needed} are needed.`
        return [undefined, { state: 'ended', result: words }]
      }
      reportIntents(context, result)
      const { modelId, promote: promoted, reason } = result
      return [undefined, { state: 'ended', result: reason, modelId, promoted }]
    })
  })
}
