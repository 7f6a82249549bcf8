import type { ScoringAlgorithm } from '../model.ts'
import { packBytes, packedBytes } from '../packed/packed-bytes.ts'
import type { OnnxScores } from '../scoring-runtimes.ts'
import { OnnxError } from './onnx-error.ts'

/** An ONNX model from another tool. */
export interface ImportedModel extends OnnxScores {
  /** The file's bytes, as base64. */
  readonly onnx: string
}

function imported(name: string, kind: 'classification' | 'regression'): ScoringAlgorithm<ImportedModel> {
  return {
    name,
    kind,
    readsText: false,
    runtime: 'onnx',
    scorer({ onnx, output, column }, runtimes) {
      if (runtimes === undefined)
        throw new OnnxError('The model was imported as ONNX and is scored by ONNX Runtime, which is not at hand here.')
      return runtimes.onnx(() => packedBytes(onnx), { output, column })
    },
  }
}

/** Probability of class 1 by an imported ONNX model. */
export const importedOnnx = imported('onnx', 'classification')

/** A rate by an imported ONNX model. */
export const importedOnnxRate = imported('onnx-rate', 'regression')

export function importedParameters(bytes: Uint8Array, { output, column }: OnnxScores): ImportedModel {
  return {
    onnx: packBytes(bytes),
    ...(output === undefined ? {} : { output }),
    ...(column === undefined ? {} : { column }),
  }
}
