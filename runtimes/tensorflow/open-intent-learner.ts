import { Worker } from 'node:worker_threads'
import type { IntentShape } from '../../models/intent/intent-shape.ts'
import type { IntentBatch, IntentLearnerOptions } from './intent-learner.ts'
import type { IntentInputs } from './intent-network.ts'
import type { TensorflowBackend } from './tensorflow.ts'

export type IntentThreadWork =
  | { readonly kind: 'step'; readonly batch: IntentBatch; readonly learningRate: number | undefined }
  | { readonly kind: 'logits'; readonly inputs: IntentInputs }
  | { readonly kind: 'weights' }
  | { readonly kind: 'backend' }

export type IntentThreadAnswer =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: string }

export interface IntentThreadData {
  readonly shape: IntentShape
  readonly weights: readonly Float32Array[]
  readonly options: IntentLearnerOptions
  readonly backend: TensorflowBackend | undefined
}

/** As `IntentLearner`, in a thread of its own: the event loop stays free. */
export interface OpenIntentLearner {
  backend(): Promise<TensorflowBackend>
  step(batch: IntentBatch, learningRate?: number): Promise<number>
  logits(inputs: IntentInputs): Promise<Float32Array>
  weights(): Promise<Float32Array[]>
  close(): Promise<void>
}

export function openIntentLearner(
  shape: IntentShape,
  weights: readonly Float32Array[],
  options: IntentLearnerOptions,
  backend?: TensorflowBackend,
): OpenIntentLearner {
  const workerData: IntentThreadData = { shape, weights, options, backend }
  const worker = new Worker(new URL('./intent-thread.ts', import.meta.url), { workerData })
  const waiting = new Map<number, { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void }>()
  let next = 0
  let ended: Error | undefined
  const fail = (error: Error) => {
    ended = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (answer: IntentThreadAnswer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) asked?.reject(new Error(answer.error))
    else asked?.resolve(answer.value as never)
  })
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`The thread that learns intents ended with code ${code}.`)))
  const ask = <Value>(work: IntentThreadWork) =>
    new Promise<Value>((resolve, reject) => {
      if (ended !== undefined) return reject(ended)
      waiting.set(next, { resolve: resolve as (value: never) => void, reject })
      worker.postMessage({ id: next++, work })
    })
  return {
    backend: () => ask({ kind: 'backend' }),
    step: (batch, learningRate) => ask({ kind: 'step', batch, learningRate }),
    logits: (inputs) => ask({ kind: 'logits', inputs }),
    weights: () => ask({ kind: 'weights' }),
    async close() {
      await worker.terminate()
    },
  }
}
