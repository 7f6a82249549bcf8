import type { Calibrator, ClassCalibrator } from '../evaluation/calibration.ts'
import { calibratedInGraph } from './calibrated-in-graph.ts'
import type { OnnxGraph } from './onnx-graph.ts'

/** Names of the input and the output of the models that we write. */
export const ROWS = 'rows'
export const SCORE = 'score'

export interface OnnxExport {
  /** Texts by name that travel with the model. */
  readonly metadata?: Readonly<Record<string, string>> | undefined
  /** Where the model knows only some columns of its rows: their places, and how many columns a row has. */
  readonly chosen?: { readonly places: readonly number[]; readonly width: number } | undefined
  /** Of what the model scores. */
  readonly calibration?: Calibrator | ClassCalibrator | undefined
}

/** The columns of the rows that the model knows. */
export function knownColumns(graph: OnnxGraph, { chosen }: OnnxExport): string {
  if (chosen === undefined) return ROWS
  return graph.node('Gather', [ROWS, graph.integers(chosen.places, [chosen.places.length])], { axis: 1 })
}

/**
 * The model whose scores a row are `margin` (numbers [N, outputs]), or what a margin means for a class. `width`:
 * columns that it knows.
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
