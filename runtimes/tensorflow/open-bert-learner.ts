import { createWorkerClient, type WorkerResponse } from './worker-client.ts'
import type { BertBatch, BertLearnerOptions } from './bert-learner.ts'
import type { BertInputs } from './bert-network.ts'
import type { TensorflowBackend } from './tensorflow.ts'

export type BertThreadWork =
  | {
      readonly kind: 'step'
      /** Batches whose gradients are accumulated for the step. */
      readonly batches: readonly BertBatch[]
      readonly learningRate: number
      readonly headLearningRate: number
    }
  | { readonly kind: 'logits'; readonly inputs: BertInputs }
  | { readonly kind: 'weights' }
  | { readonly kind: 'backend' }

export type BertThreadAnswer = WorkerResponse

export interface BertThreadData {
  readonly options: BertLearnerOptions
  readonly backend: TensorflowBackend | undefined
}

/** Like `BertLearner`, in a worker thread: the event loop stays free. */
export interface OpenBertLearner {
  backend(): Promise<TensorflowBackend>
  /** Takes a step with the accumulated gradients of the batches; returns their mean loss. */
  step(batches: readonly BertBatch[], learningRate: number, headLearningRate: number): Promise<number>
  logits(inputs: BertInputs): Promise<Float32Array>
  weights(): Promise<Map<string, Float32Array>>
  close(): Promise<void>
}

export function openBertLearner(options: BertLearnerOptions, backend?: TensorflowBackend): OpenBertLearner {
  const data: BertThreadData = { options, backend }
  const { ask, close } = createWorkerClient<BertThreadWork>(
    new URL('./bert-thread.ts', import.meta.url),
    data,
    'tunes a backbone',
  )
  return {
    backend: () => ask({ kind: 'backend' }),
    step: (batches, learningRate, headLearningRate) => ask({ kind: 'step', batches, learningRate, headLearningRate }),
    logits: (inputs) => ask({ kind: 'logits', inputs }),
    weights: () => ask({ kind: 'weights' }),
    close,
  }
}
