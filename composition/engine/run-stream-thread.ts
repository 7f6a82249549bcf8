import { workerData } from 'node:worker_threads'
import { processorNamed } from '../../subjects/subjects.ts'
import { runPartThread } from '../threads/run-part-thread.ts'
import { startEngineHere } from './engine.ts'
import type { StreamThreadData } from './stream-thread-data.ts'

const { config, processors, thread } = workerData as StreamThreadData
await runPartThread(config, async (context, metrics) => {
  const clientId = `processors-${thread}`
  const engine = await startEngineHere(context, metrics, processors.map(processorNamed), { clientId })
  return {
    tasks: () => engine.taskCount(),
    trouble: () => engine.failing(),
    lag: () => engine.lag(),
    stop: () => engine.stop(),
  }
})
