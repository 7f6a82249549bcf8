import { existsSync, writeFileSync } from 'node:fs'
import { decodeArtefact } from '../models/artefact.ts'
import { artefactToOnnx } from '../models/onnx/artefact-to-onnx.ts'
import { readModelBytes } from '../retrainer/model-folder.ts'
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
    .description('write a registered model, or one that was trained on a table, to a file')
    .argument('<model>', 'an id as listed, or a folder that train --out wrote')
    .requiredOption(
      '--out <file>',
      'file to write; one that ends in .onnx is an ONNX model of the raw rows, any other the artefact',
    )
    .action(async (model: string, { out }: { out: string }) => {
      const { id, bytes } = existsSync(model)
        ? readModelBytes(model)
        : await withDatabase(context(), 'models', async (database) => {
            const found = await modelById(database, model)
            if (found === undefined) throw new Error(`There is no model ${model}.`)
            return { id: found.id, bytes: found.artefact }
          })
      writeFileSync(out, out.endsWith('.onnx') ? artefactToOnnx(decodeArtefact(bytes), id) : bytes)
    })
}
