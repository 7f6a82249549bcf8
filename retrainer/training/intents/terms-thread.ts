/** Thread that fits the terms of intents for `open-terms-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ThreadAnswer } from '../../../runtimes/tensorflow/ask-thread.ts'
import { termsAnswers } from '../texts/terms-answers.ts'
import { fitIntentTerms, refitIntentTerms, type FittedTerms } from './intent-terms.ts'
import type { TermsThreadData, TermsThreadWork } from './open-terms-thread.ts'

const data = workerData as TermsThreadData
let fitted: FittedTerms | undefined
let before: Promise<unknown> = Promise.resolve()

async function done(work: TermsThreadWork): Promise<unknown> {
  if (work.kind === 'refit') return refitIntentTerms(data, work.rows, fitted!)
  if (work.kind === 'answers') return termsAnswers(data, work.rows, work.others, data.seed, fitted?.penalty)
  return (fitted = await fitIntentTerms(data, work.rows, work.others, data.seed))
}

parentPort!.on('message', ({ id, work }: { readonly id: number; readonly work: TermsThreadWork }) => {
  before = before
    .then(() => done(work))
    .then(
      (value): ThreadAnswer => ({ id, value }),
      (error: Error): ThreadAnswer => ({ id, error: error.message }),
    )
    .then((answer) => parentPort!.postMessage(answer))
})
