import { Worker } from 'node:worker_threads'
import { endThread } from '../../runtimes/native-calls.ts'
import type { Processor } from '../../processors/processor.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'
import type { CommandContext } from '../context.ts'
import { replayMetrics, sharedMetrics } from './recorded-metrics.ts'
import { NOT_YET_AT_WORK, type RunningPart } from '../running-part.ts'
import { STOP, type StreamThreadData, type ThreadNotice } from './stream-thread-messages.ts'

const ENTRY = new URL('./stream-thread.ts', import.meta.url)

/** The processors in several threads. */
export interface StreamThreads extends RunningPart {
  /** How many tasks each thread has. */
  taskCounts(): readonly number[]
}

/** An engine in a thread of its own. */
interface StreamThread {
  /** Its engine has joined its groups; rejects if it could not. */
  readonly started: Promise<void>
  tasks(): number
  /** Its parts that fail repeatedly, as of the last notice. */
  failing(): string | undefined
  /** Records that wait for its tasks, as of a moment ago; `undefined`: not all of them are at work. */
  lag(): number | undefined
  /** Finishes what is open and ends the thread. Rejects if it could not stop cleanly. */
  stop(): Promise<void>
  /** Terminates the thread immediately, which is as safe as kill -9. */
  kill(): Promise<void>
}

/**
 * Starts as many engines as `STREAM_THREADS` says, each in a thread with its own client and its own membership of the
 * groups: the brokers spread the tasks over them as over processes. They share the folder of the local state. A thread
 * that fails or dies is an error of the process.
 */
export async function startStreamThreads(
  context: CommandContext,
  metrics: StreamMetrics,
  chosen: readonly Processor[],
): Promise<StreamThreads> {
  const { config, log } = context
  if (config.STREAM_THREADS > config.TOPIC_PARTITIONS)
    log(
      'warn',
      `STREAM_THREADS is ${config.STREAM_THREADS}, and topics have ${config.TOPIC_PARTITIONS} partitions: the others are on standby.`,
    )
  const metricsOfThread = sharedMetrics(metrics)
  const processors = chosen.map(({ name }) => name)
  const threads = Array.from({ length: config.STREAM_THREADS }, (_, index) =>
    startThread(context, metricsOfThread(), { thread: index + 1, config, processors }),
  )
  try {
    await Promise.all(threads.map(({ started }) => started))
  } catch (error) {
    await Promise.all(threads.map((thread) => thread.kill()))
    throw error
  }
  return {
    name: 'processors',
    taskCounts: () => threads.map((thread) => thread.tasks()),
    trouble() {
      const failing = threads.map((thread) => thread.failing()).find((trouble) => trouble !== undefined)
      return failing ?? (threads.some((thread) => thread.tasks() > 0) ? undefined : NOT_YET_AT_WORK)
    },
    lag() {
      let sum = 0
      for (const thread of threads) {
        const lag = thread.lag()
        if (lag === undefined) return undefined
        sum += lag
      }
      return sum
    },
    async stop() {
      const outcomes = await Promise.allSettled(threads.map((thread) => thread.stop()))
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    },
  }
}

function startThread({ log, fail }: CommandContext, metrics: StreamMetrics, data: StreamThreadData): StreamThread {
  const name = `Stream thread ${data.thread}`
  const worker = new Worker(ENTRY, { workerData: data, name: `stream-${data.thread}` })
  const starting = Promise.withResolvers<void>()
  // Callers that await it get the error; nothing awaits it if another thread has failed first.
  starting.promise.catch(() => {})
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  let phase: 'starting' | 'working' | 'stopping' | 'failed' = 'starting'
  let failure: Error | undefined
  let tasks = 0
  let lag: number | undefined
  let failing: string | undefined

  function failed(reason: string, cause?: unknown): void {
    const former = phase
    if (former === 'failed') return
    phase = 'failed'
    failure = new Error(`${name} ${reason}`, { cause })
    if (former === 'starting') starting.reject(failure)
    else if (former === 'working') fail(failure)
  }

  worker.on('message', (notice: ThreadNotice) => {
    if (notice.kind === 'log') log(notice.level, notice.message, { ...notice.fields, thread: data.thread })
    else if (notice.kind === 'failed') failed(`failed: ${notice.reason}`)
    else if (notice.kind === 'work') {
      replayMetrics(notice.calls, metrics)
      tasks = notice.tasks
      lag = notice.lag
      failing = notice.trouble
    } else {
      phase = 'working'
      starting.resolve()
    }
  })
  worker.on('messageerror', (error) => failed('sent what can’t be read.', error))
  worker.on('error', (error) => failed(`died: ${error instanceof Error ? error.stack : String(error)}`, error))
  worker.on('exit', (code) => {
    tasks = 0
    if (phase !== 'stopping') failed(`exited unexpectedly with code ${code}.`)
  })

  return {
    started: starting.promise,
    tasks: () => tasks,
    failing: () => failing,
    lag: () => lag,
    async stop() {
      const failedBefore = failure
      if (phase !== 'failed') phase = 'stopping'
      worker.postMessage(STOP)
      await exited
      if (failure !== undefined && failure !== failedBefore) throw failure
    },
    async kill() {
      phase = 'failed'
      await endThread(worker)
    },
  }
}
