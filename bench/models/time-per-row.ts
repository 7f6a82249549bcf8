import type { Dataset } from '../../models/model.ts'
import { openOnnxSession } from '../../runtimes/onnx-session.ts'

export const BATCHES = [1, 32, 512]

type Score = (batch: Dataset, into: Float64Array) => void | Promise<void>

/** Microseconds a row, by rows at a time; batches are the first rows of the data. */
export async function timePerRow(data: Dataset, score: Score): Promise<Readonly<Record<number, number>>> {
  const answers: Record<number, number> = {}
  for (const size of BATCHES) {
    const batch = { ...data, count: size, rows: data.rows.subarray(0, size * data.width), texts: [] }
    const into = new Float64Array(size)
    const repeats = Math.max(20, Math.ceil(4_000 / size))
    for (let i = 0; i < repeats; i++) await score(batch, into)
    const startedAt = performance.now()
    for (let i = 0; i < repeats; i++) await score(batch, into)
    answers[size] = ((performance.now() - startedAt) * 1_000) / repeats / size
  }
  return answers
}

/** … of the model's ONNX form in ONNX Runtime, on one thread. */
export async function onnxTimePerRow(data: Dataset, bytes: Uint8Array): Promise<Readonly<Record<number, number>>> {
  const session = await openOnnxSession(bytes)
  try {
    return await timePerRow(data, (batch, into) => session.score(batch, into))
  } finally {
    await session.close()
  }
}
