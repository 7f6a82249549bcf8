import { restoreForest } from '../boosting/forest.ts'
import type { BoostedParameters } from '../boosting/gradient-boosting.ts'
import { networkToOnnx } from '../deep/network-onnx.ts'
import type { NetworkParameters } from '../deep/network-parameters.ts'
import type { Artefact } from '../model.ts'
import { forestToOnnx } from './forest-to-onnx.ts'
import { linearToOnnx, type LinearModel } from './linear-to-onnx.ts'
import { OnnxError } from './onnx-error.ts'
import type { OnnxExport } from './onnx-export.ts'

type Exporter = (parameters: unknown, options: OnnxExport) => Uint8Array

const ofForest =
  (kind: 'classification' | 'regression'): Exporter =>
  (parameters, options) => {
    const { forest, width } = parameters as BoostedParameters
    return forestToOnnx(restoreForest(forest, width), width, kind, options)
  }

/** By algorithm. */
const exporters: Readonly<Record<string, Exporter>> = {
  logistic: (parameters, options) => linearToOnnx(parameters as LinearModel, 'classification', options),
  linear: (parameters, options) => linearToOnnx(parameters as LinearModel, 'regression', options),
  gbm: ofForest('classification'),
  'gbm-rate': ofForest('regression'),
  deep: (parameters, options) => networkToOnnx(parameters as NetworkParameters, options),
  'deep-rate': (parameters, options) => networkToOnnx(parameters as NetworkParameters, options),
}

/** The algorithms whose models can be written as ONNX. */
export const onnxAlgorithms: readonly string[] = Object.keys(exporters)

/**
 * A stored model as an ONNX model of the same rows, which says what it is in its metadata. `id`: the SHA-256 of the artefact. Throws
 * `OnnxError` for a model that can't be written so.
 */
export function artefactToOnnx(
  { task, algorithm, featureSet, featureNames, chosen, parameters }: Artefact,
  id: string,
): Uint8Array {
  const exporter = exporters[algorithm]
  if (exporter === undefined)
    throw new OnnxError(
      `Model ${id} was made by "${algorithm}", which can't be written as ONNX: only ${onnxAlgorithms.join(', ')} can.`,
    )
  return exporter(parameters, {
    metadata: { model: id, task, algorithm, featureSet, featureNames: JSON.stringify(featureNames) },
    chosen: chosen === undefined ? undefined : { places: chosen, width: featureNames.length },
  })
}
