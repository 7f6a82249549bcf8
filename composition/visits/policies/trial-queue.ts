import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { BacktestReport } from '../../../api/visits/backtest-report.ts'
import { oneAtATime } from '../../one-at-a-time.ts'
import type { TrialRequest } from './trial.ts'

export interface TrialThreadData {
  readonly url: string
  readonly request: TrialRequest
}

type Answer = { readonly value: BacktestReport | undefined } | { readonly error: string }

/** Waiting trials beyond which a request is rejected as busy. */
const WAITING_MAX = 4
/** Memory limit: a trial that needs more fails without affecting the process. */
const MEMORY_MB_MAX = 2_048

/**
 * Returns a function that back-tests policies one at a time, in a separate thread. It rejects with `BusyError` if too
 * many wait.
 *
 * @param url URL of the database
 */
export function createTrialQueue(url: string): (request: TrialRequest) => Promise<BacktestReport | undefined> {
  return oneAtATime((request: TrialRequest) => runInThread({ url, request }), {
    waitingMax: WAITING_MAX,
    busy: 'Other policies are being tried on past visits: try again in a minute.',
  })
}

async function runInThread(workerData: TrialThreadData): Promise<BacktestReport | undefined> {
  const worker = new Worker(new URL('trial-thread.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX },
  })
  try {
    const [answer] = (await once(worker, 'message')) as [Answer]
    if ('error' in answer) throw new Error(`The policy could not be tried on past visits: ${answer.error}`)
    return answer.value
  } finally {
    await worker.terminate()
  }
}
