import type { CaseVectors } from './text/attention-pooling.ts'
import type { TextCase } from './text/text-case.ts'
import type { Strategy } from './text/windows.ts'

/** Rows of numbers, row-major. */
export interface RowBatch {
  readonly count: number
  readonly width: number
  readonly rows: Float32Array
}

/** Selects the scores among the outputs of an ONNX model. */
export interface OnnxScores {
  /** Name of the output; by default `score`, or the only floating-point output. */
  readonly output?: string | undefined
  /** Column of the output; by default the last, which for two classes is the probability of class 1. */
  readonly column?: number | undefined
  /** Number of columns to return instead of one. */
  readonly columns?: number | undefined
}

/** Native runtimes that some models need for scoring, supplied by the caller that opens the models. */
export interface ScoringRuntimes {
  /**
   * Returns a function that scores rows with an ONNX model, off the event loop. `bytes` is called and the model opened
   * on first use; an idle model is closed. Rejects a score that takes too long.
   */
  onnx(bytes: () => Uint8Array, scores: OnnxScores): (batch: RowBatch, into: Float64Array) => Promise<void>
  /**
   * Returns a function that reads texts with the backbone of this id, which is opened on first use. Throws at once if
   * there is no such backbone. `piecesMax` limits a window, special tokens included, to less than the backbone's own
   * maximum.
   */
  texts(backbone: string, strategy: Strategy, piecesMax?: number): (cases: readonly TextCase[]) => Promise<CaseVectors>
}
