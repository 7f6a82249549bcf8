import { learnableTasks } from '../../subjects/subjects.ts'
import { INTENT_TASK } from '../../retrainer/lifecycle/retrain-intents.ts'
import { runTraining } from '../../retrainer/lifecycle/run-training.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import { listModels } from '../../store/models/models.ts'
import type { CommandContext } from '../context.ts'
import { databaseUrlOf } from '../services.ts'
import { createProgress } from './progress.ts'
import { report, reportIntents } from './report-training.ts'
import { trainIntents } from './train-intents.ts'
import { trainTaskOptions } from './train-task-options.ts'

/** Training limit for the first text model: the platform goes live once the first models exist. */
const FIRST_TEXT_MS = 60_000

/** Trains the first model of each task that has none, on what the platform has served so far. */
export async function trainFirstModels(context: CommandContext): Promise<void> {
  const database: Database = openDatabase({
    url: databaseUrlOf(context.config),
    poolMax: 3,
    applicationName: 'scoreline-first-models',
  })
  try {
    for (const task of learnableTasks) {
      if (context.stopped.aborted || (await listModels(database, task.task)).length > 0) continue
      const progress = createProgress(`First model of ${task.task}`, 1, context.log)
      const trigger = { kind: 'first', why: 'The task has no model yet.', by: null } as const
      const result = await runTraining(
        task,
        { trigger },
        {
          ...trainTaskOptions(context, database),
          slowTimeMaxMs: Math.min(FIRST_TEXT_MS, context.config.RETRAIN_TEXT_MS),
          progress(done, of, loss) {
            context.stopped.throwIfAborted()
            progress.update(done / of, loss)
          },
        },
      )
      progress.stop()
      if (result !== undefined) report(context, task.task, result)
    }
    if (!context.stopped.aborted && (await listModels(database, INTENT_TASK)).length === 0) {
      const result = await trainIntents(context, database)
      if (result.kind !== 'too-few') reportIntents(context, result)
    }
  } finally {
    await database.destroy()
  }
}
