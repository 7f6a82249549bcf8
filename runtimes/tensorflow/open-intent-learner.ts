import type { IntentShape } from '../../models/intent/intent-shape.ts'
import { createWorkerClient, type WorkerResponse } from './worker-client.ts'
import type { IntentBatch, IntentLearnerOptions } from './intent-learner.ts'
import type { IntentInputs } from './intent-network.ts'
import type { TensorflowBackend } from './tensorflow.ts'

export type IntentThreadWork =
  | { readonly kind: 'step'; readonly batch: IntentBatch; readonly learningRate: number | undefined }
  | { readonly kind: 'logits'; readonly inputs: IntentInputs }
  | { readonly kind: 'weights' }
  | { readonly kind: 'backend' }

export type IntentThreadAnswer = WorkerResponse

export interface IntentThreadData {
  readonly shape: IntentShape
  readonly weights: readonly Float32Array[]
  readonly options: IntentLearnerOptions
  readonly backend: TensorflowBackend | undefined
}

/** Like `IntentLearner`, in a worker thread: the event loop stays free. */
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
  const data: IntentThreadData = { shape, weights, options, backend }
  const { ask, close } = createWorkerClient<IntentThreadWork>(
    new URL('./intent-thread.ts', import.meta.url),
    data,
    'learns intents',
  )
  return {
    backend: () => ask({ kind: 'backend' }),
    step: (batch, learningRate) => ask({ kind: 'step', batch, learningRate }),
    logits: (inputs) => ask({ kind: 'logits', inputs }),
    weights: () => ask({ kind: 'weights' }),
    close,
  }
}
