import { learnableTasks } from '../subjects/subjects.ts'
import { defaultIntentSettings } from '../retrainer/training/intents/learn-intents.ts'
import {
  INTENT_TASK,
  retrainIntents,
  stepOnNewTurns,
  type IntentOutcome,
  type IntentRetraining,
} from '../retrainer/lifecycle/retrain-intents.ts'
import type { Retraining } from '../retrainer/lifecycle/retrain.ts'
import { trainTask } from '../retrainer/lifecycle/train-task.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { listModels } from '../store/models/models.ts'
import { countLabelsSince } from '../retrainer/lifecycle/learnable-task.ts'
import { watchChampions } from './models/model-watch.ts'
import { backboneOf } from './training/backbone.ts'
import type { CommandContext } from './context.ts'
import { piecesFromBackbone } from './training/pieces-from-backbone.ts'
import { createProgress } from './training/progress.ts'
import type { RunningPart } from './running-part.ts'
import { databaseUrlOf } from './services.ts'
import { createHealth } from '../streams/health.ts'
import { every } from '../streams/task/loop.ts'
import { VERSION } from './version.ts'

/** Starts the retrainer, which periodically trains a challenger for each task with enough new outcomes. */
export function startRetrainer(context: CommandContext): Promise<RunningPart> {
  const { config, log } = context
  const database = openDatabase({ url: databaseUrlOf(config), poolMax: 2, applicationName: 'scoreline-retrainer' })
  const health = createHealth()
  const stopping = new AbortController()

  async function stepOnIntents(): Promise<void> {
    try {
      const result = await stepOnNewTurns({ database, codeVersion: VERSION, turnsMin: config.INTENT_STEP_TURNS })
      if (result !== undefined && result.kind !== 'too-few') reportIntents(context, result)
      health.worked('Learning intents')
    } catch (error) {
      health.failed('Learning intents', error)
      log('warn', 'Intents could not be learned further', { error })
    }
  }

  async function hasEnoughOutcomes(task: (typeof learnableTasks)[number]): Promise<boolean> {
    const [newest] = await listModels(database, task.task)
    const since = newest === undefined ? new Date(0) : new Date(Number(newest.data['knownTo'] ?? 0))
    return (await countLabelsSince(task, database, since)) >= config.RETRAIN_OUTCOMES_MIN
  }

  async function retrain(task: (typeof learnableTasks)[number]): Promise<void> {
    try {
      if (await hasEnoughOutcomes(task)) {
        const result = await trainTask(task, {
          database,
          codeVersion: VERSION,
          useProtected: config.USE_PROTECTED_ATTRIBUTES,
          backbone: backboneOf(config),
          slowTimeMaxMs: config.RETRAIN_TEXT_MS,
          compare: true,
          progress: () => stopping.signal.throwIfAborted(),
        })
        report(context, task.task, result)
      }
      health.worked(`Training ${task.task}`)
    } catch (error) {
      if (stopping.signal.aborted) return
      health.failed(`Training ${task.task}`, error)
      log('warn', 'A task could not be retrained', { task: task.task, error })
    }
  }

  const stepping = every(config.INTENT_STEP_INTERVAL_MS, stopping.signal, stepOnIntents)
  const watching = watchChampions(context, database, health, stopping.signal)
  const working = every(config.RETRAIN_INTERVAL_MS, stopping.signal, async () => {
    for (const task of learnableTasks) if (!stopping.signal.aborted) await retrain(task)
  })
  return Promise.resolve({
    name: 'retrainer',
    trouble: () => health.trouble(),
    async stop() {
      stopping.abort()
      await Promise.all([working, stepping, watching])
      await database.destroy()
    },
  })
}

/** Training limit for the first text model: the platform goes live once the first models exist. */
const FIRST_TEXT_MS = 60_000

/** Trains the first model of each task that has none, on what the platform has served so far. */
export async function trainFirstModels(context: CommandContext): Promise<void> {
  const database: Database = openDatabase({
    url: databaseUrlOf(context.config),
    poolMax: 2,
    applicationName: 'scoreline-first-models',
  })
  try {
    for (const task of learnableTasks) {
      if (context.stopped.aborted || (await listModels(database, task.task)).length > 0) continue
      const progress = createProgress(`First model of ${task.task}`, 1, context.log)
      const result = await trainTask(task, {
        database,
        codeVersion: VERSION,
        useProtected: context.config.USE_PROTECTED_ATTRIBUTES,
        backbone: backboneOf(context.config),
        slowTimeMaxMs: Math.min(FIRST_TEXT_MS, context.config.RETRAIN_TEXT_MS),
        compare: true,
        progress(done, of, loss) {
          context.stopped.throwIfAborted()
          progress.update(done / of, loss)
        },
      })
      progress.stop()
      report(context, task.task, result)
    }
    if (!context.stopped.aborted && (await listModels(database, INTENT_TASK)).length === 0) {
      const result = await trainIntents(context, database)
      if (result.kind !== 'too-few') reportIntents(context, result)
    }
  } finally {
    await database.destroy()
  }
}

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

function reportIntents({ log }: CommandContext, { modelId, promote, reason }: IntentRetraining): void {
  log('info', `A model is ${promote ? 'released' : 'kept as challenger'}: ${reason}`, { task: 'intent', modelId })
}

function report({ log }: CommandContext, task: string, result: Retraining): void {
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
