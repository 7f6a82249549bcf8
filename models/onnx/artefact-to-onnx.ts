import { restoreForest } from '../boosting/forest.ts'
import type { BoostedClassesParameters } from '../boosting/boosted-classes.ts'
import { marginOf, type BoostedLabelsParameters } from '../boosting/boosted-labels.ts'
import type { BoostedParameters } from '../boosting/gradient-boosting.ts'
import { networkToOnnx } from '../deep/network-onnx.ts'
import type { NetworkParameters } from '../deep/network-parameters.ts'
import { intentToOnnx } from '../intent/intent-onnx.ts'
import type { IntentParameters } from '../intent/intent-parameters.ts'
import type { SoftmaxParameters } from '../linear/softmax-logistic.ts'
import type { Artefact } from '../model.ts'
import { packedBytes } from '../packed/packed-bytes.ts'
import { classForestsToOnnx, forestsToOnnx, forestToOnnx } from './forest-to-onnx.ts'
import type { ImportedModel } from './imported.ts'
import { linearToOnnx, softmaxToOnnx, type LinearModel } from './linear-to-onnx.ts'
import { OnnxError } from './onnx-error.ts'
import type { OnnxExport } from './onnx-export.ts'

type Exporter = (parameters: unknown, options: OnnxExport) => Uint8Array

const ofForest =
  (kind: 'classification' | 'regression'): Exporter =>
  (parameters, options) => {
    const { forest, width } = parameters as BoostedParameters
    return forestToOnnx(restoreForest(forest, width), width, kind, options)
  }

/** Exports an imported model unchanged. */
const exportUnchanged: Exporter = (parameters) => packedBytes((parameters as ImportedModel).onnx)

/** Exporters by algorithm name. */
const exporters: Readonly<Record<string, Exporter>> = {
  logistic: (parameters, options) => linearToOnnx(parameters as LinearModel, 'classification', options),
  linear: (parameters, options) => linearToOnnx(parameters as LinearModel, 'regression', options),
  gbm: ofForest('classification'),
  'gbm-rate': ofForest('regression'),
  'gbm-labels': (parameters, options) => {
    const { width, labels } = parameters as BoostedLabelsParameters
    const forests = labels.map((label) =>
      'boosted' in label ? restoreForest(label.boosted.forest, width) : marginOf(label.constant),
    )
    return forestsToOnnx(forests, width, options)
  },
  'gbm-classes': (parameters, options) => {
    const { width, forests } = parameters as BoostedClassesParameters
    return classForestsToOnnx(
      forests.map((forest) => restoreForest(forest, width)),
      width,
      options,
    )
  },
  'logistic-classes': (parameters, options) => softmaxToOnnx(parameters as SoftmaxParameters, options),
  deep: (parameters, options) => networkToOnnx(parameters as NetworkParameters, options),
  'deep-rate': (parameters, options) => networkToOnnx(parameters as NetworkParameters, options),
  'deep-labels': (parameters, options) => networkToOnnx(parameters as NetworkParameters, options),
  'deep-classes': (parameters, options) => networkToOnnx(parameters as NetworkParameters, options),
  intent: (parameters, options) => intentToOnnx(parameters as IntentParameters, options),
  onnx: exportUnchanged,
  'onnx-rate': exportUnchanged,
}

/** Names of the algorithms whose models can be exported to ONNX. */
export const onnxAlgorithms: readonly string[] = Object.keys(exporters)

/**
 * Exports a stored model as an ONNX model for the same rows, with a description in its metadata. `id` is the SHA-256 of
 * the artefact. Throws `OnnxError` if the algorithm has no export.
 */
export function artefactToOnnx(
  { task, algorithm, featureSet, featureNames, chosen, outputs, dictionaryVersion, parameters, calibration }: Artefact,
  id: string,
): Uint8Array {
  const exporter = exporters[algorithm]
  if (exporter === undefined)
    throw new OnnxError(
      `Model ${id} was made by "${algorithm}", which can't be written as ONNX: only ${onnxAlgorithms.join(', ')} can.`,
    )
  return exporter(parameters, {
    metadata: {
      model: id,
      task,
      algorithm,
      featureSet,
      featureNames: JSON.stringify(featureNames),
      ...(outputs === undefined ? {} : { outputs: JSON.stringify(outputs) }),
      ...(dictionaryVersion === undefined ? {} : { dictionaryVersion: String(dictionaryVersion) }),
    },
    calibration,
    chosen: chosen === undefined ? undefined : { indices: chosen, width: featureNames.length },
  })
}
