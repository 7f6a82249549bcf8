import { once } from 'node:events'
import { parentPort } from 'node:worker_threads'
import type { Config } from '../../config.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'
import type { CommandContext } from '../context.ts'
import { plainFields } from '../log-line.ts'
import type { RunningPart } from '../running-part.ts'
import { recordMetrics } from './recorded-metrics.ts'
import type { ThreadNotice } from './thread-messages.ts'

/** The part that runs in the thread; `tasks` is the task count of an engine. */
export type PartInThread = Pick<RunningPart, 'trouble' | 'lag' | 'stop'> & { tasks?(): number }

/** Interval for posting metrics and lag; log lines are posted immediately. */
const TELL_MS = 250
/** Turns per read of the lag, a sum over all tasks, while there are no metrics to post. */
const LOOK_TIMES = 4

/** Runs a part in its thread: starts it, reports to the main thread, stops it on request, and ends the thread. */
export async function runPartThread(
  config: Config,
  start: (context: CommandContext, metrics: StreamMetrics) => Promise<PartInThread>,
): Promise<never> {
  const main = parentPort!
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
    const part = await start(context, metrics)
    let told: unknown[] = []
    let quiet = 0
    const tellWork = () => {
      const calls = metrics.take()
      quiet = calls.length === 0 ? quiet + 1 : 0
      if (quiet % LOOK_TIMES !== 0 && told.length > 0) return
      const [tasks, lag, trouble] = [part.tasks?.() ?? 0, part.lag?.(), part.trouble()] as const
      // Posts nothing while the platform is idle.
      if (calls.length === 0 && told.length > 0 && tasks === told[0] && lag === told[1] && trouble === told[2]) return
      told = [tasks, lag, trouble]
      post({ kind: 'work', calls, tasks, lag, trouble })
    }
    tellWork()
    post({ kind: 'started' })
    const timer = setInterval(tellWork, TELL_MS)
    await stopped
    await part.stop()
    clearInterval(timer)
    tellWork()
  } catch (error) {
    post({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
  // Ends this thread only, even if a library keeps handles open.
  process.exit()
}
