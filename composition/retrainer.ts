import { learnableTasks } from '../subjects/subjects.ts'
import { monitorModels } from './models/monitor-models.ts'
import { watchChampions } from './models/model-watch.ts'
import { stepOnNewTurns } from '../retrainer/lifecycle/retrain-intents.ts'
import { findTrigger } from '../retrainer/lifecycle/find-trigger.ts'
import type { LearnableTask } from '../retrainer/lifecycle/learnable-task.ts'
import { runTraining, triggerOf, type TrainingStart } from '../retrainer/lifecycle/run-training.ts'
import { SEARCH_MS } from '../retrainer/lifecycle/search-settings.ts'
import { openScoringRuntimes } from '../runtimes/scoring-runtimes.ts'
import { openDatabase } from '../store/database.ts'
import { closeInterrupted, oldestRequest } from '../store/models/trainings.ts'
import { backboneOf } from './training/backbone.ts'
import type { CommandContext } from './context.ts'
import { report, reportIntents } from './training/report-training.ts'
import { trainRequestedIntents } from './training/train-intents.ts'
import { trainTaskOptions } from './training/train-task-options.ts'
import type { RunningPart } from './running-part.ts'
import { databaseUrlOf } from './services.ts'
import { createHealth, type Health } from '../streams/health.ts'
import type { Log } from '../streams/log.ts'
import { every } from '../streams/task/loop.ts'
import { VERSION } from './version.ts'

/** How often the retrainer looks whether a person asked for a training. */
const REQUEST_POLL_MS = 2_000

/**
 * Starts the retrainer. It trains a challenger of a task when a person asks for it, when there are enough new labels,
 * when the champion drifts, and on schedule; one at a time.
 */
export function startRetrainer(context: CommandContext): Promise<RunningPart> {
  const { config, log } = context
  const database = openDatabase({ url: databaseUrlOf(config), poolMax: 4, applicationName: 'scoreline-retrainer' })
  const health = createHealth()
  const stopping = new AbortController()
  const runtimes = openScoringRuntimes({ backbone: backboneOf(config) })
  const tested = new Map<string, number>()

  const attempt = attemptsOf(log, health, stopping.signal)

  const stepOnIntents = () =>
    attempt('Learning intents', async () => {
      const result = await stepOnNewTurns({ database, codeVersion: VERSION, turnsMin: config.INTENT_STEP_TURNS })
      if (result !== undefined && result.kind !== 'too-few') reportIntents(context, result)
    })

  async function train(task: LearnableTask, start: TrainingStart): Promise<void> {
    const { kind, why } = triggerOf(start)
    log('info', 'A training begins', { task: task.task, trigger: kind, why: kind === 'request' ? undefined : why })
    const result = await runTraining(task, start, {
      ...trainTaskOptions(context, database),
      slowTimeMaxMs: config.RETRAIN_TEXT_MS,
      searchTimeMs: SEARCH_MS,
      progress: () => stopping.signal.throwIfAborted(),
    })
    if (result !== undefined) report(context, task.task, result)
  }

  async function trainDueTask(task: LearnableTask): Promise<void> {
    const trigger = await findTrigger(task, {
      ...{ database, runtimes, tested, onDrift: config.RETRAIN_ON_DRIFT, rowsMax: config.RETRAIN_ROWS_MAX },
      ...{ labelsMin: config.RETRAIN_OUTCOMES_MIN, scheduleHours: config.RETRAIN_SCHEDULE_HOURS },
    })
    if (trigger !== undefined) await train(task, { trigger })
  }

  async function trainRequested(): Promise<void> {
    for (const task of await closeInterrupted(database))
      log('warn', 'A training was interrupted: its process ended', { task })
    const request = await oldestRequest(database)
    if (request === undefined) return
    const task = learnableTasks.find((one) => one.task === request.task)
    await (task === undefined
      ? trainRequestedIntents({ ...context, stopped: stopping.signal }, database, request)
      : train(task, { request }))
  }

  let dueAt = Date.now() + config.RETRAIN_INTERVAL_MS
  const watched = { database, runtimes, health }
  const loops = [
    every(config.INTENT_STEP_INTERVAL_MS, stopping.signal, stepOnIntents),
    watchChampions(log, watched, stopping.signal),
    monitorModels(log, watched, stopping.signal),
    every(Math.min(REQUEST_POLL_MS, config.RETRAIN_INTERVAL_MS), stopping.signal, async () => {
      await attempt('Training on request', trainRequested)
      if (Date.now() < dueAt) return
      for (const task of learnableTasks)
        if (!stopping.signal.aborted) await attempt(`Training ${task.task}`, () => trainDueTask(task))
      dueAt = Date.now() + config.RETRAIN_INTERVAL_MS
    }),
  ]
  return Promise.resolve({
    name: 'retrainer',
    trouble: () => health.trouble(),
    async stop() {
      stopping.abort()
      await Promise.all(loops)
      await runtimes.close()
      await database.destroy()
    },
  })
}

/** Returns what runs a step; a failure is reported, and the others go on. */
function attemptsOf(log: Log, health: Health, signal: AbortSignal) {
  return async (step: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
      health.worked(step)
    } catch (error) {
      if (signal.aborted) return
      health.failed(step, error)
      log('warn', 'The retrainer could not finish a step', { step, error })
    }
  }
}
