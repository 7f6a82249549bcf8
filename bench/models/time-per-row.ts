import type { Dataset } from '../../models/model.ts'
import { openOnnxSession } from '../../runtimes/onnx-session.ts'

export const BATCHES = [1, 32, 512]
const ROWS_TIMED = 20_000

type Score = (batch: Dataset, into: Float64Array) => void | Promise<void>

/**
 * Returns microseconds per row, by rows per batch. Batches contain different rows: repeating the same ones would
 * measure how well the CPU's branch predictor remembers the paths through the trees.
 */
export async function timePerRow(data: Dataset, score: Score): Promise<Readonly<Record<number, number>>> {
  const answers: Record<number, number> = {}
  for (const size of BATCHES) {
    const starts = Math.floor(data.count / size)
    const batches = Array.from({ length: Math.min(starts, Math.ceil(ROWS_TIMED / size)) }, (_, index) => ({
      ...data,
      count: size,
      rows: data.rows.subarray(index * size * data.width, (index + 1) * size * data.width),
      texts: [],
    }))
    const into = new Float64Array(size)
    for (const batch of batches) await score(batch, into)
    const startedAt = performance.now()
    for (const batch of batches) await score(batch, into)
    answers[size] = ((performance.now() - startedAt) * 1_000) / batches.length / size
  }
  return answers
}

/** Returns the time per row of the model's ONNX form in ONNX Runtime, on one thread. */
export async function onnxTimePerRow(data: Dataset, bytes: Uint8Array): Promise<Readonly<Record<number, number>>> {
  const session = await openOnnxSession(bytes)
  try {
    return await timePerRow(data, (batch, into) => session.score(batch, into))
  } finally {
    await session.close()
  }
}
