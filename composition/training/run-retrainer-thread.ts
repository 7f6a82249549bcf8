import { workerData } from 'node:worker_threads'
import type { Config } from '../../config.ts'
import { startRetrainer } from '../retrainer.ts'
import { runPartThread } from '../threads/run-part-thread.ts'

await runPartThread(workerData as Config, startRetrainer)
