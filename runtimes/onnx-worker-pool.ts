import { inspectOnnx } from '../models/onnx/inspect-onnx.ts'
import { inOrder } from './in-order.ts'
import type { OnnxBatch } from './onnx-session.ts'
import type { OnnxScores } from '../models/scoring-runtimes.ts'
import { inputOf } from './onnx-surface.ts'
import { createScoringQueue } from './onnx-scoring-queue.ts'
import { startOnnxThread, type OnnxThread } from './onnx-thread.ts'

export interface OnnxWorkersOptions extends OnnxScores {
  /** Number of threads, each with its own copy of the model. */
  readonly threads?: number
  /** Script of each thread. */
  readonly program?: URL
}

/** A model in worker threads: the event loop stays free while it scores. */
export interface OnnxWorkers {
  /** Number of features per row; `undefined` if the model does not specify it. */
  readonly width: number | undefined
  /**
   * Writes the scores, one per row unless `columns` specifies otherwise. Calls settle in order; if one fails, or its
   * thread dies, only that call is rejected. The rows are copied immediately, so the caller may reuse them.
   */
  score(batch: OnnxBatch, into: Float64Array): Promise<void>
  /** Ends the threads after their current work; rejects all unanswered calls. */
  close(): Promise<void>
  /** Like `close`, but terminates threads that do not answer. */
  kill(): Promise<void>
}

/** Starts the threads. Rejects with `OnnxError` for bytes that `openOnnxSession` can't open. */
export async function startOnnxWorkers(bytes: Uint8Array, options: OnnxWorkersOptions = {}): Promise<OnnxWorkers> {
  const { threads = 1, program = new URL('./onnx-worker.ts', import.meta.url), output, column, columns } = options
  const { width } = inputOf(inspectOnnx(bytes))
  const workerData = { bytes: new Uint8Array(bytes), choice: { output, column, columns } }
  const start = (): Promise<OnnxThread> => startOnnxThread(program, workerData)
  const queue = createScoringQueue(start)
  for (const thread of await startTogether(threads, start)) queue.add(thread)
  const ordered = inOrder()

  return {
    width,
    score({ count, width: given, rows }, into) {
      if (queue.closedReason !== undefined) return Promise.reject(queue.closedReason)
      const scores = queue.score({ count, width: given, rows: rows.slice(0, count * given) })
      return ordered(scores).then((values) => into.set(values))
    },
    close: () => queue.end((thread) => thread.close()),
    kill: () => queue.end((thread) => thread.kill()),
  }
}

/** Starts all threads; if one fails, closes the others and rethrows its error. */
async function startTogether(count: number, start: () => Promise<OnnxThread>): Promise<OnnxThread[]> {
  const started = await Promise.allSettled(Array.from({ length: count }, start))
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const failed = started.find((result) => result.status === 'rejected')
  if (failed === undefined) return running
  await Promise.all(running.map((thread) => thread.close()))
  throw failed.reason
}
