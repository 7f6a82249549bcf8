import { listTrainings, requestTraining } from '../../store/models/trainings.ts'
import { withDatabase } from '../../composition/database.ts'
import { requireText } from '../audit-fields.ts'
import type { DefineCommand } from '../define-command.ts'
import { wholeNumber } from './option-values.ts'

/** Defines `models retrain` and `models trainings`: the same as `/trainings` of the API. */
export const defineTrainings: DefineCommand = (command, context) => {
  command
    .command('retrain')
    .description('ask the retrainer to train a task; it begins within seconds')
    .argument('<task>', 'the task, or intent')
    .requiredOption('--name <name>', 'name of the person who asks for it; kept with the training')
    .requiredOption('--reason <text>', 'reason; kept with the training')
    .action(async (task: string, { name, reason }: { name: string; reason: string }) => {
      const here = context()
      // Imported here so that the other subcommands don't load all subjects.
      const { learnableTaskNamed } = await import('../../subjects/subjects.ts')
      const { INTENT_TASK } = await import('../../retrainer/lifecycle/retrain-intents.ts')
      if (task !== INTENT_TASK) learnableTaskNamed(task)
      const by = requireText(name, '--name must name the person who asks for the training', 200)
      const why = requireText(reason, '--reason must give the reason', 1_000)
      const requested = await withDatabase(here, 'models', (database) =>
        requestTraining(database, { task, by, reason: why }),
      )
      here.print(JSON.stringify(requested))
    })
  command
    .command('trainings')
    .description('list trainings with their triggers and results, one JSON object per line, newest first')
    .option('--task <name>', 'only trainings of this task')
    .option('--limit <number>', 'how many', wholeNumber(1), 50)
    .action(async ({ task, limit }: { task?: string; limit: number }) => {
      const here = context()
      for (const training of await withDatabase(here, 'models', (database) =>
        listTrainings(database, { task }, { limit }),
      ))
        here.print(JSON.stringify(training))
    })
}
