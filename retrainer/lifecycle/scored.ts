import type { Batch } from '../../models/model.ts'

/** Scores a batch and returns the scores row by row, `outputs` per row. */
export async function scored(
  score: (batch: Batch, into: Float64Array) => void | Promise<void>,
  batch: Batch,
  outputs = 1,
): Promise<Float64Array> {
  const scores = new Float64Array(batch.count * outputs)
  await score(batch, scores)
  return scores
}
