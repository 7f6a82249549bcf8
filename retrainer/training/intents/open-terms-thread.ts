import type { TextModelParameters } from '../../../models/text/text-model.ts'
import { createWorkerClient } from '../../../runtimes/tensorflow/worker-client.ts'
import type { TermsBaseline } from '../texts/terms-baseline.ts'
import type { FittedTerms } from './intent-terms.ts'
import type { IntentTexts } from './learn-intents.ts'

/** Labelled texts and the random seed. */
export interface TermsThreadData extends Pick<IntentTexts, 'texts' | 'labels' | 'intents'> {
  readonly seed: number
}

export type TermsThreadWork =
  | { readonly kind: 'fit' | 'answers'; readonly rows: Int32Array; readonly others: Int32Array }
  | { readonly kind: 'refit'; readonly rows: Int32Array }

/** Fits terms in a separate thread while the encoder trains. Requests are processed in order. */
export interface TermsThread {
  /** Runs `fitIntentTerms`. */
  fit(rows: Int32Array, others: Int32Array): Promise<FittedTerms>
  /** Runs `refitIntentTerms` on the model fitted last. */
  refit(rows: Int32Array): Promise<TextModelParameters>
  /** Runs `evaluateTermsBaseline`, trying only penalties around the best one if a model was fitted before. */
  baseline(rows: Int32Array, others: Int32Array): Promise<TermsBaseline>
  close(): Promise<void>
}

export function openTermsThread({ texts, labels, intents, seed }: TermsThreadData): TermsThread {
  const data: TermsThreadData = { texts, labels, intents, seed }
  const { ask, close } = createWorkerClient<TermsThreadWork>(
    new URL('./terms-thread.ts', import.meta.url),
    data,
    'learns terms of intents',
  )
  return {
    fit: (rows, others) => ask({ kind: 'fit', rows, others }),
    refit: (rows) => ask({ kind: 'refit', rows }),
    baseline: (rows, others) => ask({ kind: 'answers', rows, others }),
    close,
  }
}
