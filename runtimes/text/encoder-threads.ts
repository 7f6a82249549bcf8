import { Worker } from 'node:worker_threads'
import { terminateThread } from '../native-calls.ts'
import { BackboneError, type Pooling } from './backbone-folder.ts'

/** The first message to a thread. */
export interface EncoderWorkerData {
  readonly path: string
  readonly pooling: Pooling
  readonly vocabularySize: number
  /** Whether each window is encoded in its own call. */
  readonly oneByOne: boolean
}

/** Windows of ids, including the special tokens. */
export type EncoderJob = readonly Int32Array[]

export type EncoderResponse =
  { readonly dimension: number } | { readonly vectors: Float32Array<ArrayBuffer> } | { readonly error: string }

/** Threads with the same backbone, each of which encodes one batch at a time. */
export interface EncoderThreads {
  readonly dimension: number
  readonly count: number
  /** Encodes a batch. The caller ensures that at most `count` batches run at once. */
  encode(windows: EncoderJob): Promise<Float32Array>
  close(): Promise<void>
}

interface EncoderThread {
  readonly dimension: number
  readonly worker: Worker
  ask(windows: EncoderJob): Promise<Float32Array>
}

/** Starts the threads. Rejects with `BackboneError` for a backbone that can't be opened. */
export async function startEncoderThreads(
  data: EncoderWorkerData,
  count: number,
  program: URL,
): Promise<EncoderThreads> {
  const free: Promise<EncoderThread>[] = []
  for (let thread = 0; thread < count; thread++) free.push(startThread(data, program))
  const opened = await Promise.allSettled(free)
  const failed = opened.find(({ status }) => status === 'rejected')
  const started = opened.flatMap((thread) => (thread.status === 'fulfilled' ? [thread.value] : []))
  if (failed !== undefined) {
    await Promise.all(started.map(({ worker }) => terminateThread(worker)))
    throw (failed as PromiseRejectedResult).reason
  }
  const alive = new Set<Worker>(started.map(({ worker }) => worker))
  let closed = false

  return {
    dimension: started[0]!.dimension,
    count,
    async encode(windows) {
      const next = free.shift()
      if (next === undefined) throw new Error('Every thread of the backbone is at work.')
      let thread: Promise<EncoderThread> = next
      try {
        const { ask, worker } = await thread
        alive.add(worker)
        return await ask(windows)
      } catch (error) {
        // A thread that answered with an error is kept; one that died is replaced.
        if (!(error instanceof BackboneError) && !closed) {
          thread = startThread(data, program)
          thread.catch(() => {})
        }
        throw error
      } finally {
        free.push(thread)
      }
    },
    async close() {
      closed = true
      await Promise.all([...alive].map((worker) => terminateThread(worker)))
    },
  }
}

async function startThread(workerData: EncoderWorkerData, program: URL): Promise<EncoderThread> {
  const worker = new Worker(program, { workerData })
  // The thread keeps the process alive only while it works.
  let waiting: { resolve(nextResponse: EncoderResponse): void; reject(error: Error): void } | undefined
  const nextResponse = () => new Promise<EncoderResponse>((resolve, reject) => (waiting = { resolve, reject }))
  const gone = (error: Error) => {
    waiting?.reject(error)
    dead ??= error
  }
  let dead: Error | undefined
  worker.on('message', (response: EncoderResponse) => waiting?.resolve(response))
  worker.once('error', (error) =>
    gone(new Error(`A thread of the backbone has died: ${error.message}`, { cause: error })),
  )
  worker.once('exit', (code) => gone(new Error(`A thread of the backbone has ended with code ${code}.`)))
  const first = await nextResponse()
  worker.unref()
  if (!('dimension' in first)) {
    await terminateThread(worker)
    throw new BackboneError('error' in first ? first.error : 'The thread answered before it was asked.')
  }
  return {
    dimension: first.dimension,
    worker,
    async ask(windows) {
      if (dead !== undefined) throw dead
      worker.ref()
      const response = nextResponse()
      worker.postMessage(windows satisfies EncoderJob)
      try {
        const answer = await response
        if ('vectors' in answer) return answer.vectors
        throw new BackboneError('error' in answer ? answer.error : 'The thread answered something else.')
      } finally {
        worker.unref()
      }
    },
  }
}
