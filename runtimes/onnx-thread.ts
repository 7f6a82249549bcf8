import { Worker } from 'node:worker_threads'
import { OnnxError } from '../models/onnx/onnx-error.ts'
import { terminateThread } from './native-calls.ts'
import type { OnnxBatch } from './onnx-session.ts'
import type { OnnxScores } from '../models/scoring-runtimes.ts'

/** The first message to the thread. */
export interface OnnxWorkerData {
  readonly bytes: Uint8Array
  readonly choice: OnnxScores
}

/** A batch whose rows have an array buffer of their own, which can be transferred. */
export interface OwnedBatch extends OnnxBatch {
  readonly rows: Float32Array<ArrayBuffer>
}

export type OnnxJob = OwnedBatch | 'close'

export type OnnxResponse = { readonly scores: Float64Array } | { readonly error: string }

/** A thread with its own copy of the model. */
export interface OnnxThread {
  /** Scores a batch; one call at a time. Transfers the rows to the thread, after which the caller can't use them. */
  score(batch: OwnedBatch): Promise<Float64Array>
  /** Resolves with the reason once the thread has ended, even by `close`. */
  readonly ended: Promise<Error>
  /** Lets the thread finish its current work. */
  close(): Promise<void>
  /** Terminates the thread after its current call. */
  kill(): Promise<void>
}

interface Waiting {
  resolve(nextResponse: OnnxResponse): void
  reject(error: Error): void
}

/**
 * Starts a thread and waits until it has opened the model. Rejects with `OnnxError` for a model that can't be opened.
 * `program`: the thread's script, which answers without scores once the model is open.
 */
export async function startOnnxThread(program: URL, workerData: OnnxWorkerData): Promise<OnnxThread> {
  const worker = new Worker(program, { workerData })
  let waiting: Waiting | undefined
  let reason: Error | undefined
  let dead: Error | undefined
  const nextResponse = (): Promise<OnnxResponse> => new Promise((resolve, reject) => (waiting = { resolve, reject }))

  worker.on('message', (message: OnnxResponse) => waiting?.resolve(message))
  worker.once('error', (error) => (reason = error))
  const ended = new Promise<Error>((resolve) => {
    worker.once('exit', (code) => {
      dead = new Error(`A thread that scores has ended: ${reason?.message ?? `exit code ${code}`}`, { cause: reason })
      waiting?.reject(dead)
      resolve(dead)
    })
  })

  const opened = await nextResponse()
  if ('error' in opened) {
    await ended
    throw new OnnxError(opened.error)
  }
  return {
    ended,
    async score(batch) {
      if (dead !== undefined) throw dead
      const pending = nextResponse()
      worker.postMessage(batch satisfies OnnxJob, [batch.rows.buffer])
      const answer = await pending
      if ('error' in answer) throw new Error(answer.error)
      return answer.scores
    },
    async close() {
      worker.postMessage('close' satisfies OnnxJob)
      await ended
    },
    async kill() {
      await terminateThread(worker)
    },
  }
}
