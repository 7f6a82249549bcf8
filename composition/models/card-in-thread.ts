import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { terminateThread } from '../../runtimes/native-calls.ts'
import type { RuntimeOptions } from '../../runtimes/scoring-runtimes.ts'
import { oneAtATime } from '../one-at-a-time.ts'

export interface CardJob {
  /** URL of the database. */
  readonly url: string
  readonly modelId: string
  readonly backbone: RuntimeOptions['backbone']
}

export type CardAnswer = { readonly card: string | undefined } | { readonly error: string }

const WAITING_MAX = 4

/**
 * Returns a function that makes the card of a model in a thread of its own, since that takes seconds; one card at a
 * time. It rejects with `BusyError` if too many wait.
 */
export function cardsInThread(job: Omit<CardJob, 'modelId'>): (modelId: string) => Promise<string | undefined> {
  return oneAtATime((modelId: string) => inThread({ ...job, modelId }), {
    waitingMax: WAITING_MAX,
    busy: 'Other model cards are being made: try again in a minute.',
  })
}

async function inThread(workerData: CardJob): Promise<string | undefined> {
  const worker = new Worker(new URL('card-thread.ts', import.meta.url), { workerData })
  try {
    const [answer] = (await once(worker, 'message')) as [CardAnswer]
    if ('error' in answer) throw new Error(`The card of ${workerData.modelId} could not be made: ${answer.error}`)
    return answer.card
  } finally {
    await terminateThread(worker)
  }
}
