import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { BusyError } from '../../../api/ports.ts'
import type { BacktestReport } from '../../../api/visits/backtest-report.ts'
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
  let before: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (request) => {
    if (waiting >= WAITING_MAX)
      throw new BusyError('Other policies are being tried on past visits: try again in a minute.')
    waiting++
    const trial = before.then(() => runInThread({ url, request }))
    before = trial.catch(() => {})
    try {
      return await trial
    } finally {
      waiting--
    }
  }
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
