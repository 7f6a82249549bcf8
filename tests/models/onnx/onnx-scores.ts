import type { Batch } from '../../../models/model.ts'
import { openOnnxSession } from '../../../runtimes/onnx-session.ts'

/** Returns the scores that ONNX Runtime computes. */
export async function onnxScores(bytes: Uint8Array, batch: Batch): Promise<Float64Array> {
  const session = await openOnnxSession(bytes)
  const into = new Float64Array(batch.count)
  await session.score(batch, into)
  await session.close()
  return into
}

export function batchOf(rows: readonly (readonly number[])[]): Batch {
  return {
    count: rows.length,
    width: rows[0]!.length,
    rows: Float32Array.from(rows.flat()),
    texts: rows.map(() => null),
  }
}

export function greatestDifference(scores: ArrayLike<number>, others: ArrayLike<number>): number {
  let greatest = 0
  for (let i = 0; i < scores.length; i++) {
    const difference = Math.abs(scores[i]! - others[i]!)
    if (!(difference <= greatest)) greatest = difference
  }
  return greatest
}
