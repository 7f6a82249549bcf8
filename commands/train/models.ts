import { existsSync, writeFileSync } from 'node:fs'
import { decodeArtefact } from '../../models/artefact.ts'
import { artefactToOnnx } from '../../models/onnx/artefact-to-onnx.ts'
import { readModelBytes } from '../../retrainer/training/model-folder.ts'
import { listModels, modelById } from '../../store/models/models.ts'
import { defineModelActs } from '../models/acts.ts'
import { defineModelViews } from '../models/views.ts'
import type { DefineCommand } from '../define-command.ts'
import type { ImportModelOptions } from './import-model.ts'
import { withDatabase } from '../../composition/database.ts'
import { defineLabelHolds } from './label-holds.ts'
import { defineTrainings } from './trainings.ts'

export const defineModels: DefineCommand = (command, context) => {
  defineTrainings(command, context)
  defineLabelHolds(command, context)
  command
    .command('list')
    .description('list registered models, one JSON object per line, newest first')
    .option('--task <name>', 'only models of this task')
    .action(async ({ task }: { task?: string }) => {
      const here = context()
      for (const model of await withDatabase(here, 'models', (database) => listModels(database, task)))
        here.print(JSON.stringify(model))
    })
  defineModelViews(command, context)
  defineModelActs(command, context)
  command
    .command('import')
    .description('import your own model: evaluates it on served rows and registers it as a challenger')
    .argument(
      '<model>',
      'ONNX file that takes rows of floats [N, width], with NaN for unknown numbers; or a folder that train text --out wrote',
    )
    .requiredOption('--task <name>', 'the task that it scores')
    .option(
      '--features <names>',
      'input features of the model in order, separated by commas; default: all features of the task',
    )
    .option('--output <name>', 'the output with the scores; default: `score`, or the only float output')
    .option('--column <number>', 'the column with the score; default: the last', Number)
    .option('--promote <reason>', 'promote it, with this reason')
    .action(async (path: string, options: ImportModelOptions) => {
      // Imported here so that the other subcommands don't load the scoring code.
      const { importModel } = await import('./import-model.ts')
      await importModel(context(), path, options)
    })
  command
    .command('export')
    .description('export a registered model, or one trained on a table, to a file')
    .argument('<model>', 'id from models list, or a folder that train --out wrote')
    .requiredOption(
      '--out <file>',
      'output file; if its name ends in .onnx, an ONNX model of the raw rows, otherwise the artefact',
    )
    .action(async (model: string, { out }: { out: string }) => {
      if (!existsSync(model) && !/^[0-9a-f]{64}$/.test(model))
        throw new Error(`${model} is neither a folder nor the id of a model: \`models list\` shows the ids.`)
      const { id, bytes } = existsSync(model)
        ? readModelBytes(model)
        : await withDatabase(context(), 'models', async (database) => {
            const found = await modelById(database, model)
            if (found === undefined) throw new Error(`There is no model ${model}: \`models list\` shows the ids.`)
            return { id: found.id, bytes: found.artefact }
          })
      writeFileSync(out, out.endsWith('.onnx') ? artefactToOnnx(decodeArtefact(bytes), id) : bytes)
    })
}
