/** Thread that back-tests a policy for `ask-trial.ts`, since minutes of computation would block the API. */
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../../../store/database.ts'
import type { TrialThreadData } from './trial-queue.ts'
import { tryPolicy } from './trial.ts'

const { url, request } = workerData as TrialThreadData
const database = openDatabase({ url, poolMax: 2, applicationName: 'scoreline-policy-trial' })
try {
  parentPort!.postMessage({ value: await tryPolicy(database, request) })
} catch (error) {
  parentPort!.postMessage({ error: (error as Error).message })
} finally {
  await database.destroy()
}
