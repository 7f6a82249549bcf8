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

/** Who asks while so many wait is told to come again. */
const WAITING_MAX = 4
/** A trial that needs more ends with an error, and nothing else does. */
const MEMORY_MB_MAX = 2_048

/** Tries policies in a thread of its own, one after the other. `url`: of the database. Rejects with `BusyError`. */
export function createTrials(url: string): (request: TrialRequest) => Promise<BacktestReport | undefined> {
  let before: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return async (request) => {
    if (waiting >= WAITING_MAX)
      throw new BusyError('Other policies are being tried on past visits: try again in a minute.')
    waiting++
    const trial = before.then(() => ask({ url, request }))
    before = trial.catch(() => {})
    try {
      return await trial
    } finally {
      waiting--
    }
  }
}

async function ask(workerData: TrialThreadData): Promise<BacktestReport | undefined> {
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
