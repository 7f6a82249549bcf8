import type { Dataset } from '../../models/model.ts'
import { openOnnxSession } from '../../runtimes/onnx-session.ts'

export const BATCHES = [1, 32, 512]
const ROWS_TIMED = 20_000

type Score = (batch: Dataset, into: Float64Array) => void | Promise<void>

/**
 * Microseconds a row, by rows at a time. Each batch has other rows than the one before: who asks for the same again and
 * again measures how well a processor remembers the ways through the trees.
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

/** Time per row of the model's ONNX form in ONNX Runtime, on one thread. */
export async function onnxTimePerRow(data: Dataset, bytes: Uint8Array): Promise<Readonly<Record<number, number>>> {
  const session = await openOnnxSession(bytes)
  try {
    return await timePerRow(data, (batch, into) => session.score(batch, into))
  } finally {
    await session.close()
  }
}
