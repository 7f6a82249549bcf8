/** Thread that fits the terms of intents for `open-terms-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerResponse } from '../../../runtimes/tensorflow/worker-client.ts'
import { evaluateTermsBaseline } from '../texts/terms-baseline.ts'
import { fitIntentTerms, refitIntentTerms, type FittedTerms } from './intent-terms.ts'
import type { TermsThreadData, TermsThreadWork } from './open-terms-thread.ts'

const data = workerData as TermsThreadData
let fitted: FittedTerms | undefined
let before: Promise<unknown> = Promise.resolve()

async function done(work: TermsThreadWork): Promise<unknown> {
  if (work.kind === 'refit') return refitIntentTerms(data, work.rows, fitted!)
  if (work.kind === 'answers') return evaluateTermsBaseline(data, work.rows, work.others, data.seed, fitted?.penalty)
  return (fitted = await fitIntentTerms(data, work.rows, work.others, data.seed))
}

parentPort!.on('message', ({ id, work }: { readonly id: number; readonly work: TermsThreadWork }) => {
  before = before
    .then(() => done(work))
    .then(
      (value): WorkerResponse => ({ id, value }),
      (error: Error): WorkerResponse => ({ id, error: error.message }),
    )
    .then((answer) => parentPort!.postMessage(answer))
})
