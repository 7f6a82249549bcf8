/** A thread that tunes a backbone for `open-bert-learner.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { createBertLearner } from './bert-learner.ts'
import type { BertThreadAnswer, BertThreadData, BertThreadWork } from './open-bert-learner.ts'

const { options, backend } = workerData as BertThreadData
const learner = createBertLearner(options, backend)
// Each request reports the error.
learner.catch(() => {})

parentPort!.on('message', ({ id, work }: { readonly id: number; readonly work: BertThreadWork }) => {
  void learner
    .then((own) => {
      if (work.kind === 'step') {
        const losses = work.batches.map((batch) => own.accumulate(batch))
        own.apply(work.learningRate, work.headLearningRate)
        return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
      }
      if (work.kind === 'logits') return own.logits(work.inputs)
      return work.kind === 'weights' ? own.weights() : own.backend
    })
    .then(
      (value): BertThreadAnswer => ({ id, value }),
      (error: Error): BertThreadAnswer => ({ id, error: error.message }),
    )
    .then((answer) => parentPort!.postMessage(answer))
})
