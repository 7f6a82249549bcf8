import type { Calibrator, ClassCalibrator } from '../evaluation/calibration.ts'
import { calibratedInGraph } from './calibrated-in-graph.ts'
import type { OnnxGraph } from './onnx-graph.ts'

/** Names of the input and output of exported models. */
export const ROWS = 'rows'
export const SCORE = 'score'

export interface OnnxExport {
  /** Metadata stored in the model, by name. */
  readonly metadata?: Readonly<Record<string, string>> | undefined
  /** Columns that the model uses, if not all: their indices, and the number of columns per row. */
  readonly chosen?: { readonly indices: readonly number[]; readonly width: number } | undefined
  /** Calibration of the scores. */
  readonly calibration?: Calibrator | ClassCalibrator | undefined
}

/** Returns the columns of the rows that the model uses. */
export function selectedColumns(graph: OnnxGraph, { chosen }: OnnxExport): string {
  if (chosen === undefined) return ROWS
  return graph.node('Gather', [ROWS, graph.integers(chosen.indices, [chosen.indices.length])], { axis: 1 })
}

/**
 * Encodes a model with the scores of `margin` ([N, outputs]): the margins themselves for a regression, otherwise the
 * probabilities. `width` is the number of columns that the model uses.
 */
export function encodeScore(
  graph: OnnxGraph,
  margin: string,
  width: number,
  kind: 'classification' | 'classes' | 'regression',
  { chosen, calibration, metadata = {} }: OnnxExport,
  outputs = 1,
): Uint8Array {
  const uncalibrated =
    kind === 'regression'
      ? margin
      : kind === 'classes'
        ? graph.node('Softmax', [margin], { axis: 1 })
        : graph.node('Sigmoid', [margin])
  const score = calibration === undefined ? uncalibrated : calibratedInGraph(graph, uncalibrated, calibration)
  return graph.encode({
    input: ROWS,
    inputWidth: chosen?.width ?? width,
    value: graph.cast(score, 'float32'),
    output: SCORE,
    outputWidth: outputs,
    metadata,
  })
}
