import { Worker } from 'node:worker_threads'
import { terminateThread } from '../native-calls.ts'

/** The answer of a thread to the request with this id. */
export type WorkerResponse =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: string }

export interface WorkerClient<Work> {
  ask<Value>(work: Work): Promise<Value>
  close(): Promise<void>
}

/**
 * Starts a thread that answers requests; all pending ones are rejected when it ends. `what`: what the thread does, for
 * the error.
 */
export function createWorkerClient<Work>(file: URL, workerData: unknown, what: string): WorkerClient<Work> {
  const worker = new Worker(file, { workerData })
  const waiting = new Map<
    number,
    { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void }
  >()
  let next = 0
  let ended: Error | undefined
  const fail = (error: Error) => {
    ended = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (answer: WorkerResponse) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) asked?.reject(new Error(answer.error))
    else asked?.resolve(answer.value as never)
  })
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`The thread that ${what} ended with code ${code}.`)))
  return {
    ask: <Value>(work: Work) =>
      new Promise<Value>((resolve, reject) => {
        if (ended !== undefined) return reject(ended)
        waiting.set(next, { resolve: resolve as (value: never) => void, reject })
        worker.postMessage({ id: next++, work })
      }),
    async close() {
      await terminateThread(worker)
    },
  }
}
