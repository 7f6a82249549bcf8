import { encodeArtefact } from '../../models/artefact.ts'
import type { Artefact } from '../../models/model.ts'
import { labelText } from '../../models/text/label-text-model.ts'
import type { TextModelParameters } from '../../models/text/text-model.ts'
import type { TunedTextParameters } from '../../models/text/tuned-text.ts'
import { ImportError, importModel, MODEL_BYTES_MAX, type Imported, type ImportOptions } from './import-model.ts'
import { learnerNamed } from '../training/learners.ts'

/**
 * Imports a text model trained on a file, for a task whose rows have a text. Its second class becomes the positive one.
 * Throws `ImportError` for a model that does not fit the task, and the errors of `importModel`.
 */
export async function importText(
  trained: Artefact,
  options: ImportOptions,
): Promise<Imported & { readonly probabilityOf: string }> {
  const { task, features, algorithm } = options.task
  const { labels } = trained.parameters as TextModelParameters | TunedTextParameters
  if (!learnerNamed(algorithm).algorithm.readsText)
    throw new ImportError(`The rows of ${task} have no text: a text model can't score them.`)
  if (labels.length !== 2 || trained.algorithm === labelText.name)
    throw new ImportError(
      `The model has ${labels.length} classes (${labels.join(', ')}): ${task} needs a model with two.`,
    )
  const { algorithm: own, parameters } = trained
  const artefact = { task, algorithm: own, featureSet: features.id, featureNames: features.names, parameters }
  const { length } = encodeArtefact(artefact)
  if (length > MODEL_BYTES_MAX)
    throw new ImportError(
      `The model has ${length} bytes, and ${MODEL_BYTES_MAX} at most can be released: train it with --no-terms, or on fewer texts.`,
    )
  return { ...(await importModel(artefact, options)), probabilityOf: labels[1]! }
}
