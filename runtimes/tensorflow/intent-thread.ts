/** A thread that learns intents for `open-intent-learner.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { createIntentLearner } from './intent-learner.ts'
import type { IntentThreadData, IntentThreadAnswer, IntentThreadWork } from './open-intent-learner.ts'

const { shape, weights, options, backend } = workerData as IntentThreadData
const learner = createIntentLearner(shape, weights, options, backend)
// Each request reports the error.
learner.catch(() => {})

parentPort!.on('message', ({ id, work }: { readonly id: number; readonly work: IntentThreadWork }) => {
  void learner
    .then((own) => {
      if (work.kind === 'step') return own.step(work.batch, work.learningRate)
      if (work.kind === 'logits') return own.logits(work.inputs)
      return work.kind === 'weights' ? own.weights() : own.backend
    })
    .then(
      (value): IntentThreadAnswer => ({ id, value }),
      (error: Error): IntentThreadAnswer => ({ id, error: error.message }),
    )
    .then((answer) => parentPort!.postMessage(answer))
})
