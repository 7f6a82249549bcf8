import { workerData } from 'node:worker_threads'
import type { Config } from '../../config.ts'
import { runPartThread } from '../threads/run-part-thread.ts'
import { startSink } from './sink.ts'

await runPartThread(workerData as Config, startSink)
