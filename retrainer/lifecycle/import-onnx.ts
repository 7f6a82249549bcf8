import type { Artefact } from '../../models/model.ts'
import { importedOnnx, importedOnnxRate, importedParameters } from '../../models/onnx/imported.ts'
import { inspectOnnx } from '../../models/onnx/inspect-onnx.ts'
import { OnnxError } from '../../models/onnx/onnx-error.ts'
import type { OnnxScores } from '../../models/scoring-runtimes.ts'
import { inputOf, outputOf } from '../../runtimes/onnx-surface.ts'
import { importModel, MODEL_BYTES_MAX, type Imported, type ImportOptions } from './import-model.ts'
import { learnerNamed } from '../training/learners.ts'

export interface ImportRequest extends ImportOptions {
  readonly bytes: Uint8Array
  /**
   * Names of the features that the model takes, in its order; if not given, all of the task's features in their order.
   */
  readonly features?: readonly string[] | undefined
  readonly scores?: OnnxScores
}

/**
 * Imports an ONNX model that scores rows of a task, so that a bank can bring its own. Throws `OnnxError` for a model
 * that can't be opened or takes other rows, and the errors of `importModel`; nothing is registered then.
 */
export async function importOnnx(request: ImportRequest): Promise<Imported> {
  const { bytes } = request
  if (bytes.length > MODEL_BYTES_MAX)
    throw new OnnxError(`The model has ${bytes.length} bytes, and ${MODEL_BYTES_MAX} at most can be released.`)
  return importModel(artefactOf(request), request)
}

function artefactOf({ task, bytes, features, scores = {} }: ImportRequest): Artefact {
  const { names, id } = task.features
  const description = inspectOnnx(bytes)
  const { width } = inputOf(description)
  outputOf(description, scores)
  const unknown = features?.filter((name) => !names.includes(name)) ?? []
  if (unknown.length > 0)
    throw new OnnxError(`${id} has no ${unknown.join(', ')}: docs/features.md lists the names of its numbers.`)
  const count = features?.length ?? names.length
  if (width !== undefined && width !== count)
    throw new OnnxError(
      features === undefined
        ? `The model takes rows of ${width} numbers, and ${id} has ${count}: name those that it takes, in its order, with --features.`
        : `The model takes rows of ${width} numbers, and ${count} features are named.`,
    )
  const { kind } = learnerNamed(task.algorithm).algorithm
  return {
    task: task.task,
    algorithm: (kind === 'classification' ? importedOnnx : importedOnnxRate).name,
    featureSet: id,
    featureNames: names,
    ...(features === undefined ? {} : { chosen: features.map((name) => names.indexOf(name)) }),
    parameters: importedParameters(bytes, scores),
  }
}
