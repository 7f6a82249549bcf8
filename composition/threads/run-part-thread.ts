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
const REPORT_MS = 250
/** Turns per read of the lag, a sum over all tasks, while there are no metrics to post. */
const LAG_TURNS = 4

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
    let reported: unknown[] = []
    let idleTurns = 0
    const reportWork = () => {
      const calls = metrics.take()
      idleTurns = calls.length === 0 ? idleTurns + 1 : 0
      if (idleTurns % LAG_TURNS !== 0 && reported.length > 0) return
      const [tasks, lag, trouble] = [part.tasks?.() ?? 0, part.lag?.(), part.trouble()] as const
      // Posts nothing while the platform is idle.
      if (
        calls.length === 0 &&
        reported.length > 0 &&
        tasks === reported[0] &&
        lag === reported[1] &&
        trouble === reported[2]
      )
        return
      reported = [tasks, lag, trouble]
      post({ kind: 'work', calls, tasks, lag, trouble })
    }
    reportWork()
    post({ kind: 'started' })
    const timer = setInterval(reportWork, REPORT_MS)
    await stopped
    await part.stop()
    clearInterval(timer)
    reportWork()
  } catch (error) {
    post({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
  // Ends this thread only, even if a library keeps handles open.
  process.exit()
}
