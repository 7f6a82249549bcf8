import { writeFileSync } from 'node:fs'
import { listModels, modelById, promoteModel } from '../store/models.ts'
import type { DefineCommand } from './context.ts'
import { withDatabase } from './migrate.ts'

export const defineModels: DefineCommand = (program, context) => {
  const command = program
    .command('models')
    .description('registered models: what they were trained on, how good they are, which are in use')
  command
    .command('list')
    .description('one JSON object a model, newest first')
    .option('--task <name>', 'only of this task')
    .action(async ({ task }: { task?: string }) => {
      const here = context()
      for (const model of await withDatabase(here, 'models', (database) => listModels(database, task)))
        here.print(JSON.stringify(model))
    })
  command
    .command('promote')
    .description('make a model the one in use; running processors take it up between two transactions')
    .argument('<id>', 'as listed')
    .requiredOption('--reason <text>', 'kept with the model')
    .action((id: string, { reason }: { reason: string }) =>
      withDatabase(context(), 'models', (database) => promoteModel(database, id, reason)),
    )
  command
    .command('export')
    .description('write a model’s artefact to a file')
    .argument('<id>', 'as listed')
    .requiredOption('--out <file>', 'file to write')
    .action(async (id: string, { out }: { out: string }) => {
      const model = await withDatabase(context(), 'models', (database) => modelById(database, id))
      if (model === undefined) throw new Error(`There is no model ${id}.`)
      writeFileSync(out, model.artefact)
    })
}
