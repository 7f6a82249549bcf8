import type { CommandContext } from '../../composition/context.ts'
import { withDatabase } from '../../composition/database.ts'
import { backboneOf } from '../../composition/training/backbone.ts'
import { monitorTask } from '../../retrainer/lifecycle/monitoring/monitor-task.ts'
import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'
import { learnableTasks } from '../../subjects/subjects.ts'

/** Reports on the models in use now, one JSON object per line. */
export async function monitor(here: CommandContext, only: string | undefined): Promise<void> {
  const tasks = learnableTasks.filter(({ task }) => only === undefined || task === only)
  const known = learnableTasks.map(({ task }) => task).join(', ')
  if (tasks.length === 0) throw new Error(`There is no task ${only}. Tasks: ${known}.`)
  const runtimes = openScoringRuntimes({ backbone: backboneOf(here.config) })
  try {
    await withDatabase(here, 'models', async (database) => {
      for (const task of tasks) {
        const monitored = await monitorTask(database, task, { runtimes, always: true })
        if (monitored !== undefined) here.print(JSON.stringify(monitored.report))
        else here.log('info', 'Nothing to report: no model in use gives scores that are kept', { task: task.task })
      }
    })
  } finally {
    await runtimes.close()
  }
}
