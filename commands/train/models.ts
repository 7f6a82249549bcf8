import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { decodeArtefact } from '../../models/artefact.ts'
import { artefactToOnnx } from '../../models/onnx/artefact-to-onnx.ts'
import { ImportError } from '../../retrainer/lifecycle/import-model.ts'
import { importOnnx } from '../../retrainer/lifecycle/import-onnx.ts'
import { importText } from '../../retrainer/lifecycle/import-text.ts'
import { learnableTaskNamed } from '../../subjects/subjects.ts'
import { readModelBytes } from '../../retrainer/training/model-folder.ts'
import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'
import { listModels, modelById, promoteModel } from '../../store/models/models.ts'
import type { CommandContext } from '../../composition/context.ts'
import type { DefineCommand } from '../define-command.ts'
import { withDatabase } from '../../composition/database.ts'
import { VERSION } from '../../composition/version.ts'
import { backboneFor, readsCases } from '../../composition/training/with-text-scorer.ts'

interface ImportModelOptions {
  readonly task: string
  readonly features?: string
  readonly output?: string
  readonly column?: number
  readonly promote?: string
}

export const defineModels: DefineCommand = (program, context) => {
  const command = program
    .command('models')
    .description('registered models: training data, metrics, and which are in use')
  command
    .command('list')
    .description('one JSON object per model, newest first')
    .option('--task <name>', 'only of this task')
    .action(async ({ task }: { task?: string }) => {
      const here = context()
      for (const model of await withDatabase(here, 'models', (database) => listModels(database, task)))
        here.print(JSON.stringify(model))
    })
  command
    .command('promote')
    .description('promote a model; running processors switch to it between two transactions')
    .argument('<id>', 'as listed')
    .requiredOption('--reason <text>', 'kept with the model')
    .action((id: string, { reason }: { reason: string }) =>
      withDatabase(context(), 'models', (database) => promoteModel(database, id, reason)),
    )
  command
    .command('import')
    .description('import your own model: it is evaluated on served rows and registered as a challenger')
    .argument(
      '<model>',
      'ONNX file that takes rows of floats [N, width], with NaN for unknown numbers; or a folder that train text --out wrote',
    )
    .requiredOption('--task <name>', 'the task that it scores')
    .option('--features <names>', 'its input features in order, separated by commas; default: all of the task')
    .option('--output <name>', 'the output with the scores; default: `score`, or the only float output')
    .option('--column <number>', 'the column with the score; default: the last', Number)
    .option('--promote <reason>', 'promote it, with this reason')
    .action((path: string, options: ImportModelOptions) => takeIn(context(), path, options))
  command
    .command('export')
    .description('export a registered model, or one trained on a table, to a file')
    .argument('<model>', 'an id as listed, or a folder that train --out wrote')
    .requiredOption(
      '--out <file>',
      'output file; if its name ends in .onnx, an ONNX model of the raw rows, otherwise the artefact',
    )
    .action(async (model: string, { out }: { out: string }) => {
      if (!existsSync(model) && !/^[0-9a-f]{64}$/.test(model))
        throw new Error(`There is no folder ${model}, and it is no id of a model as models list shows them.`)
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

async function takeIn(context: CommandContext, path: string, options: ImportModelOptions): Promise<void> {
  const { features, output, column } = options
  const trained = statSync(path).isDirectory() ? decodeArtefact(readModelBytes(path).bytes) : undefined
  if (trained !== undefined && !readsCases(trained))
    throw new ImportError(
      `${path} holds a model of a table's columns (${trained.algorithm}): only text models can be imported from a folder.`,
    )
  const runtimes = openScoringRuntimes(
    trained === undefined ? {} : { backbone: backboneFor(context, path, trained, {}) },
  )
  try {
    const imported = await withDatabase(context, 'models', (database) => {
      const common = {
        database,
        runtimes,
        task: learnableTaskNamed(options.task),
        promoteBecause: options.promote,
        codeVersion: VERSION,
      }
      return trained !== undefined
        ? importText(trained, common)
        : importOnnx({
            ...common,
            bytes: readFileSync(path),
            features: features?.split(',').map((name) => name.trim()),
            scores: { output, column },
          })
    })
    context.print(JSON.stringify(imported))
  } finally {
    await runtimes.close()
  }
}
