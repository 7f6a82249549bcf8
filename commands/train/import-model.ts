import { readFileSync, statSync } from 'node:fs'
import { decodeArtefact } from '../../models/artefact.ts'
import { ImportError } from '../../retrainer/lifecycle/import-model.ts'
import { importOnnx } from '../../retrainer/lifecycle/import-onnx.ts'
import { importText } from '../../retrainer/lifecycle/import-text.ts'
import { learnableTaskNamed } from '../../subjects/subjects.ts'
import { readModelBytes } from '../../retrainer/training/model-folder.ts'
import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'
import type { CommandContext } from '../../composition/context.ts'
import { withDatabase } from '../../composition/database.ts'
import { VERSION } from '../../composition/version.ts'
import { backboneFor, readsCases } from '../../composition/training/with-text-scorer.ts'

export interface ImportModelOptions {
  readonly task: string
  readonly features?: string
  readonly output?: string
  readonly column?: number
  readonly promote?: string
}

/** Evaluates an ONNX file or a text model's folder on served rows, and registers it as a challenger. */
export async function importModel(context: CommandContext, path: string, options: ImportModelOptions): Promise<void> {
  const { features, output, column } = options
  const trained = statSync(path).isDirectory() ? decodeArtefact(readModelBytes(path).bytes) : undefined
  if (trained !== undefined && !readsCases(trained))
    throw new ImportError(
      `${path} contains a model for table rows (${trained.algorithm}), but only text models can be imported from a folder.`,
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
