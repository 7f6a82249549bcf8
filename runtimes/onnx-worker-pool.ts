import { inspectOnnx } from '../models/onnx/inspect-onnx.ts'
import { inOrder } from './in-order.ts'
import type { OnnxBatch } from './onnx-session.ts'
import type { OnnxScores } from '../models/scoring-runtimes.ts'
import { inputOf } from './onnx-surface.ts'
import { createScoringQueue } from './onnx-scoring-queue.ts'
import { startOnnxThread, type OnnxThread } from './onnx-thread.ts'

export interface OnnxWorkersOptions extends OnnxScores {
  /** Each has a model of its own. */
  readonly threads?: number
  /** What each thread runs. */
  readonly program?: URL
}

/** A model in threads of its own: the event loop stays free while it scores. */
export interface OnnxWorkers {
  /** Numbers a row; `undefined` for a model that does not say. */
  readonly width: number | undefined
  /**
   * Writes the scores of each row, one a row unless `columns` says otherwise. Calls settle in their order; one that
   * fails, or whose thread dies, is rejected alone. The rows are copied at once, so that the caller can go on using
   * them.
   */
  score(batch: OnnxBatch, into: Float64Array): Promise<void>
  /** Rejects what has not been answered yet. */
  close(): Promise<void>
  /** Like `close`, and ends threads that do not answer. */
  kill(): Promise<void>
}

/** Rejects with `OnnxError` for bytes that `openOnnxSession` does not open. */
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
      if (queue.over !== undefined) return Promise.reject(queue.over)
      const scores = queue.score({ count, width: given, rows: rows.slice(0, count * given) })
      return ordered(scores).then((values) => into.set(values))
    },
    close: () => queue.end((thread) => thread.close()),
    kill: () => queue.end((thread) => thread.kill()),
  }
}

/** All of them, or none. */
async function startTogether(count: number, start: () => Promise<OnnxThread>): Promise<OnnxThread[]> {
  const started = await Promise.allSettled(Array.from({ length: count }, start))
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const failed = started.find((result) => result.status === 'rejected')
  if (failed === undefined) return running
  await Promise.all(running.map((thread) => thread.close()))
  throw failed.reason
}
