import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { decodeArtefact } from '../models/artefact.ts'
import { artefactToOnnx } from '../models/onnx/artefact-to-onnx.ts'
import { importOnnx } from '../retrainer/import-onnx.ts'
import { taskNamed } from '../retrainer/learnable-tasks.ts'
import { readModelBytes } from '../retrainer/model-folder.ts'
import { openScoringRuntimes } from '../runtimes/scoring-runtimes.ts'
import { listModels, modelById, promoteModel } from '../store/models.ts'
import type { DefineCommand } from './context.ts'
import { withDatabase } from './migrate.ts'
import { VERSION } from './version.ts'

interface ImportOptions {
  readonly task: string
  readonly features?: string
  readonly output?: string
  readonly column?: number
  readonly promote?: string
}

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
    .command('import')
    .description('take in an ONNX model of your own: it is tried on what was served, measured and registered as a challenger')
    .argument('<file>', 'ONNX model that takes rows of floats [N, width]; numbers that are not known are NaN')
    .requiredOption('--task <name>', 'what it scores')
    .option('--features <names>', 'the features that it takes, in its order, parted by commas; otherwise all of the task')
    .option('--output <name>', 'the output with the scores; otherwise `score`, or the only one of floats')
    .option('--column <number>', 'of several columns the one with the score; otherwise the last', Number)
    .option('--promote <reason>', 'make it the model in use, with this reason')
    .action(async (file: string, { task, features, output, column, promote }: ImportOptions) => {
      const here = context()
      const runtimes = openScoringRuntimes()
      try {
        const imported = await withDatabase(here, 'models', (database) =>
          importOnnx({
            database,
            runtimes,
            task: taskNamed(task),
            bytes: readFileSync(file),
            features: features?.split(',').map((name) => name.trim()),
            scores: { output, column },
            promoteBecause: promote,
            codeVersion: VERSION,
          }),
        )
        here.print(JSON.stringify(imported))
      } finally {
        await runtimes.close()
      }
    })
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
