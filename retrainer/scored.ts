import type { Batch } from '../models/model.ts'

/** One score a row. */
export async function scored(
  score: (batch: Batch, into: Float64Array) => void | Promise<void>,
  batch: Batch,
): Promise<Float64Array> {
  const scores = new Float64Array(batch.count)
  await score(batch, scores)
  return scores
}
