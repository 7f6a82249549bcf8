import type { CaseVectors } from './text/attention-pooling.ts'
import type { TextCase } from './text/text-case.ts'
import type { Strategy } from './text/windows.ts'

/** Rows of numbers, one after the other. */
export interface RowBatch {
  readonly count: number
  readonly width: number
  readonly rows: Float32Array
}

/** Which numbers of what an ONNX model gives are the scores. */
export interface OnnxScores {
  /** Not given: the output `score`, or the only one of floats. */
  readonly output?: string | undefined
  /** Not given: the last, which of the probabilities of two classes is that of class 1. */
  readonly column?: number | undefined
  /** Returns this many columns instead of one. */
  readonly columns?: number | undefined
}

/** Native runtimes that some models score with; the caller that opens models supplies them. */
export interface ScoringRuntimes {
  /**
   * Scores rows by an ONNX model, off the event loop. It is asked for its bytes and opened when it is first used, and
   * closed when it was not used for a while. A score that takes too long is rejected.
   */
  onnx(bytes: () => Uint8Array, scores: OnnxScores): (batch: RowBatch, into: Float64Array) => Promise<void>
  /**
   * Reads texts with the backbone of that id, which is opened at its first use. Throws at once where there is none
   * such. `piecesMax`: of a window, marks and all, where it is shorter than the backbone's.
   */
  texts(backbone: string, strategy: Strategy, piecesMax?: number): (cases: readonly TextCase[]) => Promise<CaseVectors>
}
