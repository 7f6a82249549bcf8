import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import type { CommandContext } from '../context.ts'
import { plainFields } from '../log-line.ts'
import { startEngineHere } from './engine.ts'
import { processorNamed } from '../../subjects/subjects.ts'
import { recordMetrics } from './recorded-metrics.ts'
import type { StreamThreadData, ThreadNotice } from './stream-thread-messages.ts'

/** How often metrics and lag are posted; log lines are posted immediately. */
const TELL_MS = 250

const main = parentPort!
const { config, processors, thread } = workerData as StreamThreadData
const post = (notice: ThreadNotice) => main.postMessage(notice)
const stopping = new AbortController()
const stopped = once(main, 'message').then(() => stopping.abort())
const metrics = recordMetrics()

const context: CommandContext = {
  config,
  log: (level, message, fields = {}) => post({ kind: 'log', level, message, fields: plainFields(fields) }),
  print: (line) => post({ kind: 'log', level: 'info', message: line, fields: {} }),
  stopped: stopping.signal,
  fail: (error) => post({ kind: 'failed', reason: error.message }),
}

try {
  const engine = await startEngineHere(context, metrics, processors.map(processorNamed), {
    clientId: `processors-${thread}`,
  })
  let told: unknown[] = []
  const tellWork = () => {
    const calls = metrics.take()
    const [tasks, lag, trouble] = [engine.taskCount(), engine.lag(), engine.failing()] as const
    // An idle platform has nothing to say four times a second.
    if (calls.length === 0 && told.length > 0 && tasks === told[0] && lag === told[1] && trouble === told[2]) return
    told = [tasks, lag, trouble]
    post({ kind: 'work', calls, tasks, lag, trouble })
  }
  tellWork()
  post({ kind: 'started' })
  const timer = setInterval(tellWork, TELL_MS)
  await stopped
  await engine.stop()
  clearInterval(timer)
  tellWork()
} catch (error) {
  post({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
}
// Ends this thread only. What a library keeps open must not keep it alive.
process.exit()
