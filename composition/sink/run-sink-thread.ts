import { workerData } from 'node:worker_threads'
import type { Config } from '../../config.ts'
import { runPartThread } from '../threads/run-part-thread.ts'
import { startSink } from './sink.ts'

await runPartThread(workerData as Config, async (context, metrics) => {
  const sink = await startSink(context, metrics)
  return { tasks: () => 0, trouble: () => sink.trouble(), lag: () => sink.lag?.(), stop: () => sink.stop() }
})
